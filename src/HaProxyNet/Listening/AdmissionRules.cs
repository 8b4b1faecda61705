using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Transport;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Listening;

/// <summary>Who may use a listener. Immutable.</summary>
/// <param name="Allowed">The networks that may connect; empty: all.</param>
/// <param name="MaxConnections">How many connections may be open at once.</param>
internal sealed record AdmissionRules(AllowedClients Allowed, int MaxConnections)
{
    /// <summary>Decides about one connection. The client's address is looked up only where a rule needs it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="open">How many connections are open, this one included.</param>
    public RefusalReason Decide(LaneConnection connection, int open)
    {
        if (open > MaxConnections)
        {
            return RefusalReason.MaxConnections;
        }

        return Allowed == AllowedClients.Everyone || Allowed.Contains(connection.Client.RemoteEndPoint.Address)
            ? RefusalReason.None
            : RefusalReason.NotAllowed;
    }
}
