using HaProxyNet.Server.Systemd;

namespace HaProxyNet.Tests.Server.Systemd;

public sealed class NotifyEnvironmentTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("/", null)]
    [InlineData("/run/systemd/notify", "/run/systemd/notify")]
    [InlineData("@abstract", "@abstract")]
    [InlineData("relative", null)]
    [InlineData("vsock:2:9999", null)]
    public void Socket_OnlyItsVariableCounts(string? variable, string? socket)
        => Assert.Equal(socket, Read(("NOTIFY_SOCKET", variable)).Socket);

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "42", 30.0)]
    [InlineData("30000000", "41", null)]
    [InlineData("30000000", "", 30.0)]
    [InlineData("0", "42", null)]
    [InlineData("-1", "42", null)]
    [InlineData("soon", "42", null)]
    [InlineData(null, "42", null)]
    public void Watchdog_ForThisProcess(string? microseconds, string? process, double? seconds)
        => Assert.Equal(seconds, Read(("WATCHDOG_USEC", microseconds), ("WATCHDOG_PID", process)).Watchdog?.TotalSeconds);

    private static NotifyEnvironment Read(params (string Name, string? Value)[] variables)
        => NotifyEnvironment.Read(name => variables.FirstOrDefault(v => v.Name == name).Value, processId: 42);
}
