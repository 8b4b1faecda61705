namespace HaProxyNet.Comparison.Failover;

/// <summary>What became of one request.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Sent">When it was sent, from the start of the load.</param>
/// <param name="Wait">How long the client waited for the end, good or bad.</param>
/// <param name="Agent">The agent that answered; null: none did.</param>
internal sealed record RpcRecord(long Id, TimeSpan Sent, TimeSpan Wait, long? Agent)
{
    /// <summary>When it ended.</summary>
    public TimeSpan Ended => Sent + Wait;
}
