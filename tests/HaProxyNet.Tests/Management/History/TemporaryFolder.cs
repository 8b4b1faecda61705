using HaProxyNet.Management.History.Files;

namespace HaProxyNet.Tests.Management.History;

/// <summary>A history's folder, gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-history-");

    public HistoryFolder History => new(Path.Combine(_folder.FullName, "state.history"));

    public void Dispose() => _folder.Delete(recursive: true);
}
