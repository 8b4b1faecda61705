namespace HaProxyNet.Server.Initializing;

/// <summary>One question, its default, and what an answer must be like.</summary>
/// <param name="Option">The option of the command line that answers it.</param>
/// <param name="Text">The question.</param>
/// <param name="Default">The answer of an operator who only presses Enter, and of <c>--defaults</c>.</param>
/// <param name="Read">Turns an answer into its value, or says in a sentence what is wrong with it.</param>
internal sealed record InitQuestion<T>(string Option, string Text, string Default, Func<string, (T Value, string? Problem)> Read);
