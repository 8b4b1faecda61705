using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Sandbox;

/// <summary>
/// What the systemd unit takes from the proxy, taken by bubblewrap and a filter of system calls made from the unit, because systemd does
/// not run where tests run: a read-only system, no capability, no other process, the unit's system calls and address families.
/// </summary>
internal sealed class UnitSandbox : IDisposable
{
    private const string Script = "tests/HaProxyNet.NetworkTests/Sandbox/seccomp-of-unit.py";
    private const string UnitFile = "packaging/systemd/haproxynet.service";

    private const string PythonPackages = "/usr/lib/python3/dist-packages";

    private readonly ScratchFolder _folder = new();

    /// <summary>The unit.</summary>
    public static string Unit => BuildOutput.Source(UnitFile);

    /// <summary>The one folder that can be written.</summary>
    public string Folder => _folder.Path;

    /// <summary>The home folder of the proxy's user.</summary>
    public string Home => Directory.CreateDirectory(_folder.File("home")).FullName;

    /// <summary>Where the proxy notifies its manager.</summary>
    public string NotifySocket => _folder.File("notify");

    /// <summary>The command that runs another one inside. A shell is between, so that the manager is not the parent.</summary>
    /// <param name="writable">A further folder that can be written.</param>
    public async Task<string[]> PrefixAsync(string writable)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: bubblewrap and seccomp");
        Assert.SkipUnless(
            Directory.Exists(PythonPackages) && Directory.GetFiles(PythonPackages, "seccomp*").Length > 0,
            "needs python3-seccomp, which is not installed here: apt-get install python3-seccomp");
        var (bubblewrap, filter) = (Requirement.Command("bwrap", "bubblewrap"), _folder.File("filter.bpf"));
        Requirement.Command("systemd-analyze", "systemd");

        // The just-in-time compiler writes what it executes, and sets the affinity of threads; the native executable does neither.
        string[] compiler = BuildOutput.Native is null ? ["--just-in-time"] : [];
        (await CommandResult.OfAsync(BuildOutput.Source(Script), [Unit, filter, .. compiler])).ExpectSuccess("the filter");
        return
        [
            "bash", "-c", $"exec 9<{filter}; exec \"$@\"", "sandbox",
            bubblewrap, "--unshare-user", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--uid", "65534", "--gid", "65534",
            "--cap-drop", "ALL",
            "--ro-bind", "/", "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/run", "--tmpfs", "/var/lib",
            "--bind", Folder, Folder, "--bind", writable, writable,
            "--new-session", "--die-with-parent", "--seccomp", "9",
            "sh", "-c", "\"$@\"; exit $?", "shell",
        ];
    }

    public void Dispose() => _folder.Dispose();
}
