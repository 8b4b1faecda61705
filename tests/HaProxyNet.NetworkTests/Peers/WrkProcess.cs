using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>
/// wrk with a connection a request. It runs until the test ends it, so that what it measures is the scenario and not a time; what it waits
/// for is no fault on a busy machine.
/// </summary>
internal sealed partial class WrkProcess(int port, int connections) : ProcessUnderTest(
    "wrk",
    Requirement.Command("wrk"),
    ["-t1", $"-c{connections}", "-d10m", "--timeout", "5m", "-H", "Connection: close", $"http://127.0.0.1:{port}/"])
{
    /// <summary>Ends it and gives what it counted.</summary>
    public async Task<WrkReport> ReportAsync()
    {
        Send(Signal.Interrupt);
        await EndAsync();
        var requests = Requests().Match(Text);
        Assert.True(requests.Success, Text);
        var errors = Errors().Match(Text);
        var wrong = Wrong().Match(Text);
        return new(
            Number(requests, "requests"),
            errors.Success ? Number(errors, "connect") : 0,
            errors.Success ? Number(errors, "read") : 0,
            errors.Success ? Number(errors, "write") : 0,
            errors.Success ? Number(errors, "timeout") : 0,
            wrong.Success ? Number(wrong, "wrong") : 0);
    }

    private static long Number(Match match, string group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<requests>\d+) requests in", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Requests();

    [GeneratedRegex(
        @"Socket errors: connect (?<connect>\d+), read (?<read>\d+), write (?<write>\d+), timeout (?<timeout>\d+)",
        RegexOptions.ExplicitCapture,
        60_000)]
    private static partial Regex Errors();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (?<wrong>\d+)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Wrong();
}
