using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>The Debian package: installed, upgraded and removed in a clean root, and read by lintian.</summary>
public sealed class DebTests(PackageSet packages)
{
    [Fact]
    public async Task Lintian_NoError()
    {
        var lintian = Requirement.Command("lintian");

        var result = await CommandResult.OfAsync(lintian, "--fail-on", "error", await DebAsync(PackageSet.Old));

        result.ExpectSuccess("lintian");
        Assert.DoesNotContain("\nE: ", "\n" + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CleanRoot_InstallUpgradeRemove()
    {
        Assert.SkipUnless(
            PackageSet.IsNative,
            "needs a native executable, which HAPROXYNET_NATIVE names: the runtime of the stand-in does not start in a bare root");
        using var root = await CleanRoot.CreateAsync(packages);
        var (old, next) = (root.Take(await DebAsync(PackageSet.Old)), root.Take(await DebAsync(PackageSet.New)));

        var installed = await root.RunAsync("dpkg", "-i", old);
        installed.ExpectSuccess("install");
        Assert.DoesNotContain("start", root.Calls, StringComparison.Ordinal);
        (await root.RunAsync("haproxynet", "check", "--no-bind")).ExpectSuccess("the configuration that comes with it");
        Assert.Equal(
            "root:haproxynet 640", (await root.RunAsync("stat", "-c", "%U:%G %a", "/etc/haproxynet/haproxynet.json")).Output.Trim());

        // Stopped: it stays stopped.
        (await root.RunAsync("dpkg", "-i", next)).ExpectSuccess("upgrade while stopped");
        Assert.DoesNotContain("start", root.Calls, StringComparison.Ordinal);

        // Running: replaced, by the new process itself or by systemd.
        root.IsActive = true;
        (await root.RunAsync("dpkg", "-i", next)).ExpectSuccess("upgrade while running");
        Assert.Matches("systemctl restart haproxynet.service|haproxynet upgrade", root.Calls);

        // A configuration that the new version refuses: the old process goes on, and the operator's file is kept.
        await File.WriteAllTextAsync(root.Configuration, """{ "HaProxyNet": { "Bogus": 1 } }""", TestContext.Current.CancellationToken);
        var refused = await root.RunAsync("dpkg", "-i", next);
        refused.ExpectSuccess("upgrade with a faulty configuration");
        Assert.Contains(
            "this version refuses /etc/haproxynet/haproxynet.json; the old process goes on", refused.Output, StringComparison.Ordinal);
        Assert.Contains("Bogus", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("restart|upgrade", root.Calls);
        Assert.Contains(
            "Bogus", await File.ReadAllTextAsync(root.Configuration, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        (await root.RunAsync("dpkg", "-r", "haproxynet")).ExpectSuccess("remove");
        Assert.Contains("disable --now haproxynet.service", root.Calls, StringComparison.Ordinal);
        Assert.False(root.Has("usr/bin/haproxynet"));
        Assert.True(File.Exists(root.Configuration));
        (await root.RunAsync("dpkg", "-P", "haproxynet")).ExpectSuccess("purge");
        Assert.False(root.Has("etc/haproxynet"));
    }

    private Task<string> DebAsync(string version)
    {
        Requirement.Command("dpkg-deb", "dpkg");
        return packages.GetAsync("deb", version, "*.deb");
    }
}
