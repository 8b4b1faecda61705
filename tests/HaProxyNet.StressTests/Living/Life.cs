using System.Net.Sockets;
using HaProxyNet.StressTests.Planning;

namespace HaProxyNet.StressTests.Living;

/// <summary>One connection: its plan, and what its two sides have done.</summary>
internal sealed class Life(LifePlan plan, Tally tally)
{
    /// <summary>Bytes of the number that a client says first.</summary>
    public const int HeaderSize = sizeof(long);

    private readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _destinationEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _atTheEnd;
    private volatile bool _served;

    /// <summary>What both sides do.</summary>
    public LifePlan Plan => plan;

    /// <summary>Where faults are told.</summary>
    public Tally Tally => tally;

    /// <summary>What the client did.</summary>
    public SideFacts Client { get; } = new();

    /// <summary>What the destination did.</summary>
    public SideFacts Destination { get; } = new();

    /// <summary>The client says its number first.</summary>
    public bool HasHeader => plan.Scenario is not (Scenario.Greeting or Scenario.Anonymous);

    /// <summary>A destination knows of this connection.</summary>
    public bool IsServed => _served;

    /// <summary>The destination's side is over.</summary>
    public Task DestinationEnded => _destinationEnded.Task;

    /// <summary>Plays the client's side.</summary>
    public Task PlayClientAsync(Socket socket) => new Side(this, isClient: true, socket).PlayAsync();

    /// <summary>Plays the destination's side; of several connections with the same number only one is right.</summary>
    public async Task PlayDestinationAsync(Socket socket)
    {
        if (_served)
        {
            tally.WrongEnd($"connection {plan.Number} ({plan.Scenario}): a destination was given it twice");
            socket.Dispose();
            return;
        }

        _served = true;
        if (HasHeader)
        {
            Destination.Reads(HeaderSize);
        }

        try
        {
            await new Side(this, isClient: false, socket).PlayAsync();
        }
        finally
        {
            _destinationEnded.TrySetResult();
        }
    }

    /// <summary>Returns when both sides have come here.</summary>
    public Task MeetAsync()
    {
        if (Interlocked.Increment(ref _atTheEnd) == 2)
        {
            _together.SetResult();
        }

        return _together.Task;
    }
}
