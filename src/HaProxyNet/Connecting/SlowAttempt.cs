using System.Net;
using HaProxyNet.State;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// A connect attempt that was not answered soon and goes on while the next one is tried. The connection may take it after all; otherwise its
/// end is only evidence about its destination. It outlives the connection.
/// </summary>
internal sealed class SlowAttempt(AddressTries tries, IPEndPoint address, long began, TimeProvider time) : ISlowAttempt
{
    private bool _counted;

    /// <summary>Where it connects to.</summary>
    public Destination Destination => tries.Destination;

    /// <inheritdoc/>
    public object Target => tries.Destination;

    /// <summary>The address of the destination.</summary>
    public IPEndPoint Address => address;

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Took => time.GetElapsedTime(began);

    /// <summary>The connection has taken it, after the handshake if there is one.</summary>
    public void Taken()
    {
        Destination.AcceptTimes.Add(Took);
        tries.Taken();
    }

    /// <summary>It has ended, and no connection wants it. A failure of one address of several says nothing about the others.</summary>
    public void Report(ConnectStatus status)
    {
        if (status is ConnectStatus.Connected)
        {
            Destination.AcceptTimes.Add(Took);
            tries.Accepted();
            return;
        }

        Count(status);
        tries.Failed(status, Took);
    }

    /// <summary>Another destination was connected first.</summary>
    public void LostTheHedge()
    {
        Count(ConnectStatus.Slow);
        tries.LostTheHedge();
    }

    /// <summary>An attempt fails once: a later end is evidence, not another attempt.</summary>
    private void Count(ConnectStatus status)
    {
        if (!_counted)
        {
            _counted = true;
            Destination.Connects.Failed(status);
        }
    }
}
