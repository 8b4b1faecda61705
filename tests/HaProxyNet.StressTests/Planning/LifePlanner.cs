using HaProxyNet.StressTests.Living;

namespace HaProxyNet.StressTests.Planning;

/// <summary>Draws the plan of a connection. Pure: the same seed and number give the same plan.</summary>
internal sealed class LifePlanner(int seed, Scenario? only)
{
    /// <summary>How often each scenario comes; bytes cost time, and ends are what goes wrong.</summary>
    private static readonly Scenario[] _mix =
    [
        Scenario.HalfClose, Scenario.HalfClose, Scenario.HalfClose, Scenario.InTurn, Scenario.InTurn, Scenario.Together, Scenario.Together,
        Scenario.OneByte, Scenario.SlowReader, Scenario.Bulk, Scenario.Reset, Scenario.Reset, Scenario.Reset, Scenario.Reset,
        Scenario.Stalled, Scenario.Close, Scenario.Close, Scenario.Greeting, Scenario.Greeting, Scenario.Anonymous, Scenario.Anonymous,
        Scenario.Churn, Scenario.Churn,
    ];

    private static readonly SideEnd[] _resets = [SideEnd.ResetAfterSent, SideEnd.ResetAfterReceived, SideEnd.FinThenReset];

    private static readonly SideEnd[] _unknownEnds = [SideEnd.ResetAfterSent, SideEnd.Close, SideEnd.Fin];

    /// <summary>The plan of this connection.</summary>
    public LifePlan Plan(long number)
    {
        var random = RandomOf(number, part: 1);
        var scenario = only ?? RandomOf(number, part: 0).GetItems(_mix, 1)[0];
        var client = Side(random, scenario);
        var destination = Side(random, scenario);
        (client, destination) = scenario switch
        {
            Scenario.InTurn => random.Next(2) == 0
                ? (client with { End = SideEnd.FinAfterPeer }, destination)
                : (client, destination with { End = SideEnd.FinAfterPeer }),
            Scenario.Together => (client with { End = SideEnd.FinTogether }, destination with { End = SideEnd.FinTogether }),
            Scenario.SlowReader => random.Next(2) == 0 ? (Slow(random, client), destination) : (client, Slow(random, destination)),
            Scenario.Reset => Resets(random, client, destination),
            Scenario.Stalled => Stalls(random),
            Scenario.Anonymous => (GoesUnknown(random), destination),
            Scenario.Close => random.Next(2) == 0
                ? (client with { End = SideEnd.Close }, destination)
                : (client, destination with { End = SideEnd.Close }),
            Scenario.Greeting => Greets(random, client, destination),
            _ => (client, destination),
        };
        return new LifePlan(number, scenario, client, destination);
    }

    private static SidePlan Side(Random random, Scenario scenario) => scenario switch
    {
        Scenario.OneByte => new SidePlan { Bytes = random.Next(1500), Piece = 1, ReadSize = random.Next(2) == 0 ? 1 : 4096 },
        Scenario.Bulk => new SidePlan
        {
            Bytes = random.Next(500_000, 6_000_000),
            Piece = random.Next(1000, 300_000),
            ReadSize = random.Next(1000, 300_000),
        },
        Scenario.SlowReader => new SidePlan { Bytes = random.Next(50_000, 600_000), Piece = random.Next(1000, 200_000) },
        _ => new SidePlan { Bytes = Size(random), Piece = random.Next(50, random.Next(3) == 0 ? 100_000 : 3000) },
    };

    /// <summary>Nothing, a little, or enough for several reads.</summary>
    private static int Size(Random random) => random.Next(8) switch
    {
        0 => 0,
        1 => 1,
        2 or 3 => random.Next(100),
        4 or 5 => random.Next(10_000),
        6 => random.Next(200_000),
        _ => random.Next(1_000_000),
    };

    private static SidePlan Slow(Random random, SidePlan side)
        => side with
        {
            ReadSize = random.Next(4000, 60_000),
            ReadPause = TimeSpan.FromMilliseconds(random.Next(1, 10)),
            SmallBuffers = random.Next(2) == 0,
        };

    private static (SidePlan Client, SidePlan Destination) Resets(Random random, SidePlan client, SidePlan destination)
    {
        var who = random.Next(5);
        return (
            who is 0 or 1 or 4
                ? Resets(random, client, destination.Bytes)
                : client with { End = random.Next(3) == 0 ? SideEnd.FinAfterPeer : SideEnd.Fin },
            who is 2 or 3 or 4 ? Resets(random, destination, client.Bytes) : destination);
    }

    /// <summary>More than the systems hold on the way, so that the proxy holds the rest when one of both resets.</summary>
    private static (SidePlan Client, SidePlan Destination) Stalls(Random random)
    {
        var writer = new SidePlan { Bytes = random.Next(8_000_000, 24_000_000), Piece = random.Next(10_000, 300_000) };
        var reader = new SidePlan
        {
            Bytes = random.Next(2) * random.Next(1000),
            ReadSize = random.Next(30_000, 60_000),
            ReadPause = TimeSpan.FromMilliseconds(random.Next(1, 5)),
            SmallBuffers = random.Next(2) == 0,
        };
        if (random.Next(3) == 0)
        {
            writer = writer with { End = SideEnd.ResetAfterSent, EndAt = random.Next(1_000_000, writer.Bytes) };
        }
        else
        {
            reader = reader with { End = SideEnd.ResetAfterReceived, EndAt = random.Next(2_000_000) };
        }

        return random.Next(2) == 0 ? (writer, reader) : (reader, writer);
    }

    private static SidePlan Resets(Random random, SidePlan side, int others)
    {
        var end = random.GetItems(_resets, 1)[0];
        return side with { End = end, EndAt = random.Next((end is SideEnd.ResetAfterSent ? side.Bytes : others) + 1) };
    }

    /// <summary>The client has nothing to say before it was greeted, and does not go before.</summary>
    private static (SidePlan Client, SidePlan Destination) Greets(Random random, SidePlan client, SidePlan destination)
    {
        destination = destination with { Bytes = destination.Bytes + 1 };
        client = client with { Listens = true };
        return random.Next(3) switch
        {
            0 => (client with { End = SideEnd.ResetAfterReceived, EndAt = random.Next(1, destination.Bytes + 1) }, destination),
            1 => (client with { End = SideEnd.FinAfterPeer }, destination),
            _ => (client, destination with { End = random.Next(2) == 0 ? SideEnd.FinAfterPeer : SideEnd.Fin }),
        };
    }

    /// <summary>A client that says less than its number.</summary>
    private static SidePlan GoesUnknown(Random random) => new()
    {
        Bytes = random.Next(Life.HeaderSize),
        End = random.GetItems(_unknownEnds, 1)[0],
    };

    private Random RandomOf(long number, int part) => new(unchecked((int)((seed * 0x9E3779B1L) + (number * 0x85EBCA6BL) + part)));
}
