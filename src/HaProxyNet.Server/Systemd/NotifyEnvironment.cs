using System.Globalization;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// What a service manager says in the environment: where it wants to be notified, and how often it wants a sign of life (sd_notify(3),
/// sd_watchdog_enabled(3)). Nothing else is looked at: the manager need not be systemd, nor this process's parent, nor visible.
/// </summary>
/// <param name="Socket">Where messages go: a path, or a name that begins with <c>@</c>; null: nobody wants any.</param>
/// <param name="Watchdog">The longest time between two signs of life; null: nobody waits for them.</param>
internal sealed record NotifyEnvironment(string? Socket, TimeSpan? Watchdog)
{
    /// <summary>The environment of this process.</summary>
    public static NotifyEnvironment Current { get; } = Read(Environment.GetEnvironmentVariable, Environment.ProcessId);

    /// <summary>Reads an environment.</summary>
    public static NotifyEnvironment Read(Func<string, string?> variable, int processId)
    {
        // Other kinds of address (vsock:) are for virtual machines.
        var socket = variable("NOTIFY_SOCKET") is { Length: > 1 } place && place[0] is '/' or '@' ? place : null;
        var isMeant = !TryNumber(variable("WATCHDOG_PID"), out var meant) || meant == processId;
        return new(socket, isMeant && TryNumber(variable("WATCHDOG_USEC"), out var microseconds) && microseconds > 0
            ? TimeSpan.FromMicroseconds(microseconds)
            : null);
    }

    private static bool TryNumber(string? text, out long number)
        => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
