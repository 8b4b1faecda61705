using HaProxyNet.Server.Controlling;
using HaProxyNet.Tests.Configuration;

namespace HaProxyNet.Tests.Server.Controlling;

public sealed class ReadyPlacesTests
{
    [Theory]
    [InlineData("10.0.0.1:9091", "10.0.0.1:9091")]
    [InlineData("0.0.0.0:9091", "127.0.0.1:9091")]
    [InlineData("*:9091", "[::1]:9091")]
    [InlineData("", null)]
    [InlineData("127.0.0.1:0", null)]
    [InlineData("nonsense", null)]
    public void File_AdminEndpoint_AsThisMachineReachesIt(string endpoint, string? reached)
    {
        using var file = PairFile.Write("127.0.0.1:0", endpoint);

        Assert.Equal(reached, ReadyPlaces.Of(socket: null, file.Path).Admin?.ToString());
    }

    [Fact]
    public void FaultyFile_StillNamesThePlaces()
    {
        using var file = new TemporaryFile("""
            {
              "HaProxyNet": {
                "Admin": { "Endpoint": "127.0.0.1:9091", "ControlSocket": "/x/y.sock" },
                "Listeners": { "a": { "Endpoint": "nowhere" } }
              }
            }
            """);

        var places = ReadyPlaces.Of(socket: null, file.Path);

        Assert.Equal("127.0.0.1:9091", places.Admin?.ToString());
        Assert.Single(places.Control);
    }

    [Fact]
    public void UnreadableFile_Defaults()
    {
        using var file = new TemporaryFile("{");

        Assert.Equal("127.0.0.1:9090", ReadyPlaces.Of(socket: null, file.Path).Admin?.ToString());
    }

    [Fact]
    public void Socket_ThatAndNothingElse()
    {
        var places = ReadyPlaces.Of("/x/y.sock", file: null);

        Assert.Equal("/x/y.sock", Assert.Single(places.Control));
        Assert.Null(places.Admin);
    }
}
