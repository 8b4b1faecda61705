using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>
/// A Debian with nothing but its essentials, to install packages into. systemd does not run there: a script in its place notes what it is
/// asked for, and says that the service is active while the file <c>/active</c> exists.
/// </summary>
internal sealed class CleanRoot : IDisposable
{
    private const string Systemctl = """
        #!/bin/sh
        echo "systemctl $*" >>/calls
        [ "$1" != is-active ] || [ -f /active ]
        """;

    private const string Proxy = """
        #!/bin/sh
        [ "$1" != upgrade ] || { echo "haproxynet $*" >>/calls; exit 0; }
        exec /usr/bin/haproxynet "$@"
        """;

    private readonly ScratchFolder _folder = new();

    private CleanRoot()
    {
    }

    /// <summary>Its folder.</summary>
    public string Path => _folder.File("root");

    /// <summary>What systemctl and the upgrade command were asked since the last time this was read.</summary>
    public string Calls
    {
        get
        {
            var file = System.IO.Path.Combine(Path, "calls");
            var calls = File.Exists(file) ? File.ReadAllText(file) : "";
            File.Delete(file);
            return calls;
        }
    }

    /// <summary>Whether a service is running, as far as systemctl says.</summary>
    public bool IsActive
    {
        set
        {
            var file = System.IO.Path.Combine(Path, "active");
            if (value)
            {
                File.WriteAllText(file, "");
            }
            else
            {
                File.Delete(file);
            }
        }
    }

    /// <summary>The configuration that the package brings.</summary>
    public string Configuration => System.IO.Path.Combine(Path, "etc/haproxynet/haproxynet.json");

    /// <summary>Makes it.</summary>
    public static async Task<CleanRoot> CreateAsync(PackageSet packages)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root: chroot, and packages that are installed");
        var root = new CleanRoot();
        await packages.CopyRootAsync(root.Path);
        Directory.CreateDirectory(System.IO.Path.Combine(root.Path, "run/systemd/system"));
        await root.PutAsync("usr/local/bin/systemctl", Systemctl);
        await root.PutAsync("usr/local/bin/haproxynet", Proxy);
        return root;
    }

    /// <summary>Runs a command inside.</summary>
    public Task<CommandResult> RunAsync(params string[] command)
        => CommandResult.OfAsync(
            "env",
            ["-i", "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND=noninteractive", "chroot", Path, .. command]);

    /// <summary>Copies a file in, and gives its path inside.</summary>
    public string Take(string file)
    {
        File.Copy(file, System.IO.Path.Combine(Path, System.IO.Path.GetFileName(file)), overwrite: true);
        return "/" + System.IO.Path.GetFileName(file);
    }

    /// <summary>Whether a path exists inside.</summary>
    public bool Has(string path) => File.Exists(System.IO.Path.Combine(Path, path)) || Directory.Exists(System.IO.Path.Combine(Path, path));

    public void Dispose() => _folder.Dispose();

    private async Task PutAsync(string path, string script)
    {
        await File.WriteAllTextAsync(System.IO.Path.Combine(Path, path), script + "\n");
        (await RunAsync("chmod", "755", "/" + path)).ExpectSuccess("chmod");
    }
}
