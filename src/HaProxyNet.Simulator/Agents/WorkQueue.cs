using System.Threading.Channels;

namespace HaProxyNet.Simulator.Agents;

/// <summary>Gives accepted connections to the agent's workers, in the order they came.</summary>
internal sealed class WorkQueue
{
    private readonly Channel<AgentConnection>? _waiting;

    public WorkQueue(AcceptMode mode)
    {
        if (mode.Workers == 0)
        {
            return;
        }

        _waiting = Channel.CreateUnbounded<AgentConnection>();
        for (var i = 0; i < mode.Workers; i++)
        {
            _ = Task.Run(ServeOneAfterTheOtherAsync);
        }
    }

    public void Add(AgentConnection connection)
    {
        if (_waiting is null)
        {
            _ = Task.Run(connection.ServeAsync);
        }
        else
        {
            _waiting.Writer.TryWrite(connection);
        }
    }

    /// <summary>Lets the workers end once nothing waits any more.</summary>
    public void Complete() => _waiting?.Writer.TryComplete();

    private async Task ServeOneAfterTheOtherAsync()
    {
        await foreach (var connection in _waiting!.Reader.ReadAllAsync())
        {
            await connection.ServeAsync();
        }
    }
}
