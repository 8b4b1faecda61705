namespace HaProxyNet.Management.Page;

/// <summary>The words for a destination on the page.</summary>
/// <param name="Name">The destination.</param>
/// <param name="Sentence">What its state is, and why.</param>
/// <param name="Command">The command that would change it.</param>
/// <param name="ProvenBy">How it is asked while no connection proves it: the probe, or <c>connections</c>.</param>
public sealed record DestinationPage(string Name, string Sentence, string? Command, string ProvenBy);
