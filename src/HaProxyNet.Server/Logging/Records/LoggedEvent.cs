using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Logging.Records;

/// <summary>An event, as a format needs it.</summary>
/// <param name="Message">Its text.</param>
/// <param name="Fields">The values in the text, by name; null: there are none, or the format does not want them.</param>
/// <param name="Exception">What was thrown, if something was.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LoggedEvent(
    string Message,
    IReadOnlyList<KeyValuePair<string, object?>>? Fields = null,
    Exception? Exception = null);
