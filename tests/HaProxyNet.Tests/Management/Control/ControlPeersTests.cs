using HaProxyNet.Control.Trust;
using HaProxyNet.Management.Control;

namespace HaProxyNet.Tests.Management.Control;

public sealed class ControlPeersTests
{
    private readonly ControlPeers _peers = new(most: 3);

    [Fact]
    public void TryEnter_Full_TheOneThatIsWaitedForTheLongestMakesRoom()
    {
        var (first, second) = (Enter(), Enter());
        Enter();

        Enter();

        Assert.False(first.TryBeginWork());
        Assert.True(second.TryBeginWork());
    }

    [Fact]
    public void TryEnter_TheOldestIsAtWork_TheNextOneMakesRoom()
    {
        var (first, second) = (Enter(), Enter());
        Enter();
        Assert.True(first.TryBeginWork());

        Enter();

        Assert.False(second.TryBeginWork());
        first.EndWork();
        Enter();
        Assert.False(first.TryBeginWork());
    }

    [Fact]
    public void TryEnter_AllAreAtWork_IsNotLetIn()
    {
        ControlPeer[] peers = [Enter(), Enter(), Enter()];
        Assert.All(peers, peer => Assert.True(peer.TryBeginWork()));

        Assert.False(_peers.TryEnter(New()));
        _peers.Leave(peers[1]);
        Assert.True(_peers.TryEnter(New()));
    }

    private static ControlPeer New() => new(new MemoryStream(), PeerIdentity.Unknown);

    private ControlPeer Enter()
    {
        var peer = New();
        Assert.True(_peers.TryEnter(peer));
        return peer;
    }
}
