using Microsoft.Extensions.Logging;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>One log event with its structured fields.</summary>
internal sealed record LogEntry(
    string Category,
    LogLevel Level,
    int Id,
    string Text,
    Exception? Fault,
    IReadOnlyDictionary<string, object?> Fields)
{
    public string Field(string name) => Fields[name]?.ToString() ?? "";

    public override string ToString() => $"{Level} {Category}[{Id}] {Text} {Fault}";
}
