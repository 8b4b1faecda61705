using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace HaProxyNet.Tests;

/// <summary>What was logged, by level.</summary>
internal static class LoggedLines
{
    extension(FakeLogger log)
    {
        public IReadOnlyList<string> Warnings => Of(log, LogLevel.Warning);

        public IReadOnlyList<string> Informations => Of(log, LogLevel.Information);

        public IReadOnlyList<string> Lines => [.. log.Collector.GetSnapshot().Select(line => line.Message)];
    }

    private static List<string> Of(FakeLogger log, LogLevel level)
        => [.. log.Collector.GetSnapshot().Where(line => line.Level == level).Select(line => line.Message)];
}
