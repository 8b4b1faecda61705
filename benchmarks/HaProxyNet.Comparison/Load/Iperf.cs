using System.Globalization;
using System.Net;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Load;

/// <summary>One TCP stream as fast as it goes.</summary>
/// <param name="Cpus">Where it runs.</param>
/// <param name="Reverse">True: from the server to the client.</param>
internal sealed record Iperf(IReadOnlyList<int> Cpus, bool Reverse)
{
    /// <summary>Runs the client.</summary>
    public async Task<IperfReport> RunAsync(IPEndPoint target, TimeSpan duration, CancellationToken cancellation)
    {
        List<string> arguments =
        [
            "-c", target.Address.ToString(), "-p", target.Port.ToString(CultureInfo.InvariantCulture),
            "-t", Math.Max(1, (int)Math.Round(duration.TotalSeconds)).ToString(CultureInfo.InvariantCulture), "-J", "--connect-timeout",
            "5000",
        ];
        if (Reverse)
        {
            arguments.Add("-R");
        }

        // iperf3 says its errors in the JSON too, so the exit code adds nothing.
        return IperfReport.Parse((await Tool.RunAsync(Cpus, "iperf3", arguments, cancellation)).Output);
    }
}
