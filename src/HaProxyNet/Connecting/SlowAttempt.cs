using System.Net;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// A connect attempt, or a handshake with a destination that has accepted, that was not answered soon and goes on while the next one is
/// tried. The connection may take it after all; otherwise its end is only evidence about its destination. It outlives the connection.
/// </summary>
/// <param name="tries">The attempts at the addresses of its destination.</param>
/// <param name="address">Where it connects to.</param>
/// <param name="began">When it began, as a timestamp.</param>
/// <param name="time">The clock.</param>
/// <param name="hasAccepted">The destination has accepted, and the TLS handshake with it is slow.</param>
internal sealed class SlowAttempt(AddressTries tries, IPEndPoint address, long began, TimeProvider time, bool hasAccepted = false)
{
    private bool _counted;

    /// <summary>Where it connects to.</summary>
    public Destination Destination => tries.Destination;

    /// <summary>Whether the destination has accepted, and the TLS handshake with it was slow.</summary>
    public bool HasAccepted => hasAccepted;

    /// <summary>The address of the destination.</summary>
    public IPEndPoint Address => address;

    /// <summary>The same attempt, now that its destination has accepted and the TLS handshake with it is slow, too.</summary>
    public SlowAttempt WithAccept() => new(tries, address, began, time, hasAccepted: true) { _counted = _counted };

    /// <summary>How long it has taken so far.</summary>
    public TimeSpan Took => time.GetElapsedTime(began);

    /// <summary>The connection has taken it, after the handshake if there is one.</summary>
    public void ReportTaken()
    {
        NoteAccept();
        tries.Taken();
    }

    /// <summary>It has ended, and no connection wants it. A failure of one address of several says nothing about the others.</summary>
    public void Report(ConnectStatus status)
    {
        if (status is ConnectStatus.Connected)
        {
            NoteAccept();
            tries.Accepted(hasAccepted);
            return;
        }

        Count(status);
        tries.Failed(status, Took);
    }

    /// <summary>Another destination was connected first.</summary>
    public void LostTheHedge()
    {
        Count(ConnectStatus.Slow);
        tries.LostTheHedge(hasAccepted);
    }

    private void NoteAccept()
    {
        if (!hasAccepted)
        {
            Destination.AcceptTimes.Add(Took);
        }
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
