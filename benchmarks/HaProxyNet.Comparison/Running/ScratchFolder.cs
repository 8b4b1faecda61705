namespace HaProxyNet.Comparison.Running;

/// <summary>A folder under the system's temporary folder that goes with its owner.</summary>
internal sealed class ScratchFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("haproxynet-comparison-").FullName;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (IOException)
        {
            // A child process may still write its last line; the folder is the system's to clean.
        }
    }
}
