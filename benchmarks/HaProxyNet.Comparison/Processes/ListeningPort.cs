using System.Globalization;

namespace HaProxyNet.Comparison.Processes;

/// <summary>Waits until a process listens by the kernel's own list: a test connection would reach the backend and be counted.</summary>
internal static class ListeningPort
{
    private const string ListenState = "0A";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits for a TCP port on IPv4.</summary>
    /// <exception cref="ComparisonException">The process ended, or does not listen; it has been stopped.</exception>
    public static async Task WaitAsync(int port, Daemon daemon, string name, CancellationToken cancellation)
    {
        for (var waited = TimeSpan.Zero; !IsOpen(File.ReadLines("/proc/self/net/tcp"), port); waited += _pause)
        {
            if (daemon.HasExited || waited > _patience)
            {
                var how = daemon.HasExited ? "ended before it listened" : "does not listen";
                var words = daemon.LastWords();
                await daemon.DisposeAsync();
                throw new ComparisonException($"{name} {how}: {(words.Length > 0 ? words : "it said nothing")}");
            }

            await Task.Delay(_pause, cancellation);
        }
    }

    /// <summary>Looks for a listener in the kernel's table: number, local address, remote address, state, all in hexadecimal.</summary>
    public static bool IsOpen(IEnumerable<string> table, int port)
    {
        var local = string.Create(CultureInfo.InvariantCulture, $":{port:X4}");
        return table.Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(fields => fields.Length > 3 && fields[1].EndsWith(local, StringComparison.Ordinal) && fields[3] == ListenState);
    }
}
