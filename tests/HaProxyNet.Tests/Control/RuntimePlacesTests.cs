using HaProxyNet.Configuration.Admin;
using HaProxyNet.Control;
using HaProxyNet.Control.Trust;
using HaProxyNet.Tests.Configuration;

namespace HaProxyNet.Tests.Control;

/// <summary>The proxy and its commands look at the same places in the same order.</summary>
[Collection(nameof(ProcessEnvironment))]
public sealed class RuntimePlacesTests
{
    [Fact]
    public void ControlSocket_Configured_IsThatAndNoOther()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix paths");
        Assert.Equal(["/srv/x/control.sock"], RuntimePlaces.ControlSocket("/srv/x/control.sock"));
        Assert.Equal(["/srv/x/state.json"], RuntimePlaces.StateFile("/srv/x/state.json"));
    }

    [Fact]
    public void Empty_IsOff()
    {
        Assert.Empty(RuntimePlaces.ControlSocket(""));
        Assert.Empty(RuntimePlaces.StateFile(""));
    }

    [Fact]
    public void ControlSocket_Default_ThenTheUsersOwn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix paths");
        using var runtime = new EnvironmentVariable("XDG_RUNTIME_DIR", "/run/user/7");
        using var state = new EnvironmentVariable("XDG_STATE_HOME", "/home/seven/state");

        Assert.Equal(
            ["/run/haproxynet/control.sock", "/run/user/7/haproxynet/control.sock"],
            RuntimePlaces.ControlSocket(AdminOptions.DefaultControlSocket));
        Assert.Equal(
            ["/var/lib/haproxynet/state.json", "/home/seven/state/haproxynet/state.json"],
            RuntimePlaces.StateFile(AdminOptions.DefaultStateFile));
    }

    [Theory]
    [InlineData("")]
    [InlineData("relative/path")]
    public void ControlSocket_NoRuntimeFolder_OneAmongTheTemporaryFiles(string value)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Unix paths");
        using var runtime = new EnvironmentVariable("XDG_RUNTIME_DIR", value);

        var own = RuntimePlaces.ControlSocket(AdminOptions.DefaultControlSocket)[1];

        Assert.Equal(Path.Combine(Path.GetTempPath(), $"haproxynet-{ProcessOwner.Uid}", "control.sock"), own);
    }
}
