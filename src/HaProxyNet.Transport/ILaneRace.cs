namespace HaProxyNet.Transport;

/// <summary>The attempts of a connection that go on in addition to the current one, as a lane sees them. Any thread.</summary>
internal interface ILaneRace
{
    /// <summary>Whether one goes on, or is through.</summary>
    bool IsOpen { get; }

    /// <summary>Whether one is through that the connection has not taken yet: what the connection does now has been overtaken.</summary>
    bool HasWinner { get; }

    /// <summary>Gives those up that go to this destination. On the lane.</summary>
    /// <param name="target">The destination, as <see cref="LaneConnection.Target"/> has it.</param>
    void GiveUp(object target);
}
