using HaProxyNet.Health;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connecting;

/// <summary>
/// The attempts at the addresses of one destination for one connection: the destination has failed when all of them have. Made when the
/// first of them fails or is slow. Any thread.
/// </summary>
/// <param name="health">Where evidence goes.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="destination">The destination.</param>
/// <param name="addresses">How many addresses it has.</param>
internal sealed class AddressTries(HealthReporter health, Cluster cluster, Destination destination, int addresses)
{
    private readonly Lock _gate = new();
    private int _left = addresses;
    private ConnectStatus _strongest = ConnectStatus.Pending;
    private EvidenceScope _scope;

    /// <summary>The destination.</summary>
    public Destination Destination => destination;

    /// <summary>A connection has taken one of them.</summary>
    public void Taken() => health.Report(cluster, destination, AttemptEvidence.Taken(cluster));

    /// <summary>One was accepted, or its handshake is through, and no connection wanted it any more.</summary>
    public void Accepted(bool isSecured) => health.Report(cluster, destination, isSecured ? Evidence.Secured : Evidence.Accepted);

    /// <summary>Another destination was ready before any of them. Where it had accepted, that it accepts says nothing.</summary>
    public void LostTheHedge(bool hasAccepted)
        => health.Report(cluster, destination, hasAccepted ? Evidence.LostHandshakeHedge : Evidence.LostHedge);

    /// <summary>One has failed; when it was the last one, that is evidence against the destination, as far as all of them are.</summary>
    public void Failed(ConnectStatus status, TimeSpan took)
    {
        lock (_gate)
        {
            _strongest = AttemptEvidence.Stronger(_strongest, status);
            _scope |= status.Scope();
            if (--_left != 0 || !_strongest.IsEvidence())
            {
                return;
            }
        }

        health.Report(cluster, destination, AttemptEvidence.Failed(_strongest, took) with { Scope = _scope });
    }
}
