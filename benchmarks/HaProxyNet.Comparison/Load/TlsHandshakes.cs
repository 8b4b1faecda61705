using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Load;

/// <summary>
/// Full TLS 1.3 handshakes, each with one request and its reply, one after the other by each of several clients: <c>openssl s_time
/// -new</c>, which never resumes a session. (wrk does.)
/// </summary>
internal sealed partial record TlsHandshakes(IReadOnlyList<int> Cpus, int Clients)
{
    /// <summary>Runs it; the number of handshakes that were followed by a whole reply.</summary>
    /// <exception cref="ComparisonException">It failed.</exception>
    public async Task<long> RunAsync(IPEndPoint target, TimeSpan duration, CancellationToken cancellation)
    {
        var seconds = Math.Max(1, (int)Math.Round(duration.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        string[] arguments = ["s_time", "-connect", target.ToString(), "-new", "-www", "/", "-time", seconds, "-tls1_3"];
        var runs = Enumerable.Range(0, Clients).Select(_ => Tool.RunAsync(Cpus, "openssl", arguments, cancellation)).ToList();
        long handshakes = 0;
        foreach (var run in await Task.WhenAll(runs))
        {
            handshakes += Parse(run.Expect("openssl s_time"));
        }

        return handshakes;
    }

    /// <summary>Reads the line that counts over real time: <c>1234 connections in 6 real seconds, …</c>.</summary>
    /// <exception cref="ComparisonException">There is none, or it counts nothing.</exception>
    public static long Parse(string output) => Count().Match(output) is { Success: true } match
        && long.Parse(match.Groups["count"].Value, CultureInfo.InvariantCulture) is > 0 and var count
        ? count
        : throw new ComparisonException($"openssl s_time made no connection: {output.Trim()}");

    [GeneratedRegex("(?<count>[0-9]+) connections in [0-9]+ real seconds", RegexOptions.NonBacktracking)]
    private static partial Regex Count();
}
