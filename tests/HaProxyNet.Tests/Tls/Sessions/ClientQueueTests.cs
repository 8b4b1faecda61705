using System.Net;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.Tls.Sessions;

public sealed class ClientQueueTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("10.0.0.1 10.0.0.1 10.0.0.2", "10.0.0.1 10.0.0.2 10.0.0.1")]
    [InlineData("2001:db8::1 2001:db8::2 2001:db8::3 2001:db8:0:1::1", "2001:db8::1 2001:db8:0:1::1 2001:db8::2 2001:db8::3")]
    [InlineData("2001:db8::1 2001:db8::2 2001:db8::3 10.0.0.1", "2001:db8::1 10.0.0.1 2001:db8::2 2001:db8::3")]
    [InlineData("2001:db8::1 2001:db8::1 2001:db8::1 2001:db8::2", "2001:db8::1 2001:db8::2 2001:db8::1 2001:db8::1")]
    [InlineData("10.0.0.1 ::ffff:10.0.0.1 10.0.0.2", "10.0.0.1 10.0.0.2 ::ffff:10.0.0.1")]
    public void TryDequeue_SeveralClients_SitesThenAddressesTakeTurns(string clients, string expected)
    {
        var queue = new ClientQueue<string>();
        foreach (var client in clients.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            queue.Enqueue(IPAddress.Parse(client), client);
        }

        Assert.Equal(expected, string.Join(' ', Drain(queue)));
        Assert.False(queue.TryDequeue(out _));
    }

    /// <summary>A stranger with a /64 has four hundred addresses in line; a client from elsewhere is the second.</summary>
    [Fact]
    public void TryDequeue_CrowdWithAnAddressEach_AnotherSiteIsNext()
    {
        var queue = new ClientQueue<int>();
        for (var i = 0; i < 400; i++)
        {
            queue.Enqueue(IPAddress.Parse($"2001:db8::{i:x}"), i);
        }

        queue.Enqueue(IPAddress.Parse("2001:db8:ffff::1"), -1);

        Assert.Equal([0, -1, 1], Drain(queue).Take(3));
    }

    private static IEnumerable<T> Drain<T>(ClientQueue<T> queue)
    {
        while (queue.TryDequeue(out var item))
        {
            yield return item;
        }
    }
}
