using HaProxyNet.Reloading;

namespace HaProxyNet.Tests.Reloading;

public sealed class LinkTrailTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("haproxynet-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Places_NoLink_Itself() => Assert.Equal([Path.Combine(_root, "file")], LinkTrail.Places(Path.Combine(_root, "file")));

    [Fact]
    public void Places_LinkThroughALinkedFolder_EachLinkOnTheWayAndTheFile()
    {
        Directory.CreateDirectory(Path.Combine(_root, "etc"));
        Directory.CreateDirectory(Path.Combine(_root, "releases", "1"));
        Directory.CreateSymbolicLink(Path.Combine(_root, "current"), Path.Combine("releases", "1"));
        File.CreateSymbolicLink(Path.Combine(_root, "etc", "file"), Path.Combine(_root, "current", "file"));

        var places = LinkTrail.Places(Path.Combine(_root, "etc", "file"));

        Assert.Equal(
            [
                Path.Combine(_root, "etc", "file"),
                Path.Combine(_root, "current"),
                Path.Combine(_root, "releases", "1", "file"),
            ],
            places);
    }

    [Fact]
    public void Places_LinkToItself_Ends()
    {
        File.CreateSymbolicLink(Path.Combine(_root, "file"), "file");

        Assert.Equal([Path.Combine(_root, "file")], LinkTrail.Places(Path.Combine(_root, "file")));
    }
}
