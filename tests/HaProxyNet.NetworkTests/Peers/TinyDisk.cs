using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>
/// A file system with 64 KB in the place of a proxy's folder, in a mount namespace that ends with the test. The configuration is in it.
/// </summary>
internal sealed class TinyDisk : IAsyncDisposable
{
    private readonly ProcessUnderTest _holder;
    private readonly string _folder;

    private TinyDisk(ProcessUnderTest holder, string folder) => (_holder, _folder) = (holder, folder);

    /// <summary>Runs a command that sees it.</summary>
    public string[] Prefix => [Requirement.Command("nsenter", "util-linux"), $"--mount=/proc/{_holder.Id}/ns/mnt"];

    /// <summary>Makes it, and lets the proxy of a setup run on it.</summary>
    public static async Task<TinyDisk> UnderAsync(ProxySetup setup)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it mounts a small file system of its own");
        var folder = Path.GetDirectoryName(setup.WriteFile())!;
        var script = $"cp '{setup.File}' /dev/shm/$$.json && mount -t tmpfs -o size=64k,mode=0700 tmpfs '{folder}' "
            + $"&& mv /dev/shm/$$.json '{setup.File}' && echo mounted && exec sleep infinity";
        var disk = new TinyDisk(
            new ProcessUnderTest("tiny disk", Requirement.Command("unshare", "util-linux"), ["--mount", "sh", "-c", script]), folder);
        setup.Prefix = disk.Prefix;
        await disk._holder.HasWrittenAsync("mounted");
        return disk;
    }

    /// <summary>Leaves no room.</summary>
    public void Fill()
    {
        using var filler = new FileStream(Inside("filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                filler.Write(new byte[4096]);
            }
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Makes room again.</summary>
    public void Free() => File.Delete(Inside("filler"));

    public ValueTask DisposeAsync() => _holder.DisposeAsync();

    private string Inside(string name) => $"/proc/{_holder.Id}/root{_folder}/{name}";
}
