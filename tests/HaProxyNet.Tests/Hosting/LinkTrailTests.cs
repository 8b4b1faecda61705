using HaProxyNet.Hosting;

namespace HaProxyNet.Tests.Hosting;

public sealed class LinkTrailTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("haproxynet-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Folders_NoLink_ItsOwn() => Assert.Equal([_root], LinkTrail.Folders(Path.Combine(_root, "file")));

    [Fact]
    public void Folders_LinkThroughALinkedFolder_EachFolderOnTheWay()
    {
        Directory.CreateDirectory(Path.Combine(_root, "etc"));
        Directory.CreateDirectory(Path.Combine(_root, "releases", "1"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "current"), Path.Combine("releases", "1"));
        File.CreateSymbolicLink(Path.Combine(_root, "etc", "file"), Path.Combine(_root, "current", "file"));

        var folders = LinkTrail.Folders(Path.Combine(_root, "etc", "file"));

        Assert.Equal([Path.Combine(_root, "etc"), _root, Path.Combine(_root, "releases", "1")], folders);
    }

    [Fact]
    public void Folders_LinkToItself_Ends()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "file"), "file");

        Assert.Equal([_root], LinkTrail.Folders(Path.Combine(_root, "file")));
    }
}
