using HaProxyNet.Health;
using HaProxyNet.State;

namespace HaProxyNet.Connecting;

/// <summary>
/// A connect attempt that was not answered within <c>HedgeAfter</c> and goes on beside the next one. The connection may take it after
/// all; otherwise its end is only evidence about its destination. It outlives the connection.
/// </summary>
internal sealed class SlowAttempt(HealthReporter health, Cluster cluster, Destination destination, long began, bool isLastAddress, TimeProvider time)
{
    private bool _counted;

    /// <summary>Where it connects to.</summary>
    public Destination Destination => destination;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Took => time.GetElapsedTime(began);

    /// <summary>The connection has taken it, after the handshake if there is one.</summary>
    public void Taken() => health.Report(cluster, destination, AttemptEvidence.Taken(cluster));

    /// <summary>It has ended, and no connection wants it. A failure of one address of several says nothing about the others.</summary>
    public void Report(ConnectStatus status)
    {
        if (status is ConnectStatus.Connected)
        {
            health.Report(cluster, destination, Evidence.Accepted);
            return;
        }

        Count(status);
        if (isLastAddress && status.IsEvidence())
        {
            health.Report(cluster, destination, AttemptEvidence.Failed(status, Took));
        }
    }

    /// <summary>Another destination was connected first.</summary>
    public void LostTheHedge()
    {
        Count(ConnectStatus.Slow);
        health.Report(cluster, destination, Evidence.LostHedge);
    }

    /// <summary>An attempt fails once: a later end is evidence, not another attempt.</summary>
    private void Count(ConnectStatus status)
    {
        if (!_counted)
        {
            _counted = true;
            destination.Connects.Failed(status);
        }
    }
}
