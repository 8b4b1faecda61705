using System.Globalization;

namespace HaProxyNet.Server.Systemd;

/// <summary>The listening sockets that a service manager passes by socket activation, as sd_listen_fds_with_names(3) reads them.</summary>
internal static class ActivationEnvironment
{
    /// <summary>The first descriptor that is passed (SD_LISTEN_FDS_START).</summary>
    private const int First = 3;

    /// <summary>More than any process is given: a number above it is no count of sockets.</summary>
    private const int Most = 4096;

    /// <summary>The sockets; none where nobody passes any, or they are meant for another process.</summary>
    /// <param name="variable">Reads the environment.</param>
    /// <param name="processId">This process's id.</param>
    public static IReadOnlyList<ActivatedSocket> Read(Func<string, string?> variable, int processId)
    {
        if (!TryNumber(variable("LISTEN_PID"), out var meant)
            || meant != processId
            || !TryNumber(variable("LISTEN_FDS"), out var count)
            || count is 0 or > Most)
        {
            return [];
        }

        var names = variable("LISTEN_FDNAMES")?.Split(':') ?? [];
        return
        [
            .. Enumerable.Range(0, count)
                .Select(index => new ActivatedSocket(First + index, index < names.Length ? names[index] : "")),
        ];
    }

    private static bool TryNumber(string? text, out int number)
        => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
