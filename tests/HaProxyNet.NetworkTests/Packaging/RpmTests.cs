using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>
/// The rpm package: read by rpmlint, and installed, upgraded and erased in a clean root. The root is a Debian, so its own database of
/// packages is not asked.
/// </summary>
public sealed class RpmTests(PackageSet packages)
{
    [Fact]
    public async Task Rpmlint_NoError()
    {
        var rpmlint = Requirement.Command("rpmlint");

        var result =
            await CommandResult.OfAsync(rpmlint, "-c", BuildOutput.Source("packaging/rpm/rpmlint.toml"), await RpmAsync(PackageSet.Old));

        Assert.Contains("0 errors", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CleanRoot_InstallUpgradeErase()
    {
        Assert.SkipUnless(
            PackageSet.IsNative,
            "needs a native executable, which HAPROXYNET_NATIVE names: the runtime of the stand-in does not start in a bare root");
        var rpm = Requirement.Command("rpm");
        using var root = await CleanRoot.CreateAsync(packages);
        string[] options =
            ["--root", root.Path, "--nodeps", "--define", "_install_script_path /usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"];
        Task<CommandResult> RunAsync(params string[] arguments) => CommandResult.OfAsync(rpm, [.. options, .. arguments]);

        (await RunAsync("-i", await RpmAsync(PackageSet.Old))).ExpectSuccess("install");
        Assert.DoesNotContain("start", root.Calls, StringComparison.Ordinal);
        (await root.RunAsync("haproxynet", "check", "--no-bind")).ExpectSuccess("the configuration that comes with it");
        Assert.Equal(
            "root:haproxynet 640", (await root.RunAsync("stat", "-c", "%U:%G %a", "/etc/haproxynet/haproxynet.json")).Output.Trim());

        root.IsActive = true;
        (await RunAsync("-U", await RpmAsync(PackageSet.New))).ExpectSuccess("upgrade while running");
        Assert.Matches("systemctl restart haproxynet.service|haproxynet upgrade", root.Calls);

        await File.WriteAllTextAsync(root.Configuration, """{ "HaProxyNet": { "Bogus": 1 } }""", TestContext.Current.CancellationToken);
        var refused = await RunAsync("-U", "--force", await RpmAsync(PackageSet.New));
        refused.ExpectSuccess("upgrade with a faulty configuration");
        Assert.Contains("the old process goes on", refused.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("restart|upgrade", root.Calls);

        (await RunAsync("-e", "haproxynet")).ExpectSuccess("erase");
        Assert.False(root.Has("usr/bin/haproxynet"));
    }

    private Task<string> RpmAsync(string version)
    {
        Requirement.Command("rpmbuild", "rpm");
        return packages.GetAsync("rpm", version, "*.rpm");
    }
}
