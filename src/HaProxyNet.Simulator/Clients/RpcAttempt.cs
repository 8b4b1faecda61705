using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Clients;

/// <summary>Times one request from before the connect to its end.</summary>
internal sealed class RpcAttempt(string id, TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private TimeSpan? _connectTime;
    private TimeSpan? _firstByteTime;

    public bool IsConnected => _connectTime is not null;

    public void Connected() => _connectTime = time.GetElapsedTime(_startedAt);

    public void GotBytes() => _firstByteTime ??= time.GetElapsedTime(_startedAt);

    public RpcResult End(RpcReply reply) => reply.Id == id
        ? End(RpcOutcome.Ok, error: null, reply)
        : End(RpcOutcome.BadReply, $"the reply is for request {reply.Id}, not {id}");

    public RpcResult End(RpcOutcome outcome, string? error, RpcReply? reply = null) => new()
    {
        Id = id,
        Outcome = outcome,
        ConnectTime = _connectTime,
        FirstByteTime = _firstByteTime,
        TotalTime = time.GetElapsedTime(_startedAt),
        Reply = reply,
        Error = error,
    };
}
