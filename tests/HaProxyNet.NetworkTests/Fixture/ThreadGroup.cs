using System.Globalization;

namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>A control group of this test, in which a process gets no more threads.</summary>
internal sealed class ThreadGroup : IDisposable
{
    private static readonly string[] _places = ["/sys/fs/cgroup/pids", "/sys/fs/cgroup"];

    private readonly string _path;

    private ThreadGroup(string path) => _path = path;

    private string Most => Path.Combine(_path, "pids.max");

    public static ThreadGroup Create()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Needs root, to make a control group.");
        foreach (var place in _places)
        {
            var group = new ThreadGroup(Path.Combine(place, $"haproxynet-test-{Guid.NewGuid():N}"));
            try
            {
                Directory.CreateDirectory(group._path);
                if (File.Exists(group.Most))
                {
                    return group;
                }

                Directory.Delete(group._path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Not there, or not ours.
            }
        }

        Assert.Skip("No control group for threads can be made here: /sys/fs/cgroup has no controller 'pids' for this process.");
        return null!;
    }

    /// <summary>From now on a process gets no thread that it has not.</summary>
    public void Limit(int process)
    {
        Write("cgroup.procs", process);
        Write("pids.max", int.Parse(File.ReadAllText(Path.Combine(_path, "pids.current")), CultureInfo.InvariantCulture));
    }

    /// <summary>It may have as many as it likes again.</summary>
    public void Free() => File.WriteAllText(Most, "max");

    /// <summary>The process has ended by now.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(_path);
        }
        catch (IOException)
        {
            // A test that failed has left a process in it; the machine ends sooner or later.
        }
    }

    private void Write(string file, int value)
        => File.WriteAllText(Path.Combine(_path, file), value.ToString(CultureInfo.InvariantCulture));
}
