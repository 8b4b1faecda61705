using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.Tls.Sessions;

public sealed class FairQueueTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("a1 a2 a3", "a1 a2 a3")]
    [InlineData("a1 a2 a3 b1", "a1 b1 a2 a3")]
    [InlineData("a1 a2 a3 b1 b2 c1", "a1 b1 c1 a2 b2 a3")]
    [InlineData("a1 b1 a2 b2", "a1 b1 a2 b2")]
    public void TryDequeue_SeveralKeys_TheyTakeTurns(string items, string expected)
    {
        var queue = new FairQueue<char, string>();
        foreach (var item in items.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            queue.Enqueue(item[0], item);
        }

        Assert.Equal(expected, string.Join(' ', Drain(queue)));
        Assert.False(queue.TryDequeue(out _));
    }

    /// <summary>Four hundred of one key wait; another one that comes then is the second.</summary>
    [Fact]
    public void TryDequeue_CrowdWasThereFirst_AnotherKeyIsNext()
    {
        var queue = new FairQueue<string, int>();
        for (var i = 0; i < 400; i++)
        {
            queue.Enqueue("crowd", i);
        }

        queue.Enqueue("other", -1);

        Assert.Equal([0, -1, 1], Drain(queue).Take(3));
    }

    private static IEnumerable<T> Drain<TKey, T>(FairQueue<TKey, T> queue)
        where TKey : notnull
    {
        while (queue.TryDequeue(out var item))
        {
            yield return item;
        }
    }
}
