using HaProxyNet.Vocabulary;

namespace HaProxyNet.Connections;

/// <summary>The first stage: lets a connection in, or resets it and counts why.</summary>
internal static class Gate
{
    /// <summary>True when the connection was let in; it is on its lane's list and counts as open until it is closed.</summary>
    public static bool Admit(ProxyConnection connection)
    {
        var listener = connection.Listener;
        var open = listener.Enter();
        var rules = connection.Plan.Rules;
        var refusal = rules.Decide(connection, open);
        if (refusal is RefusalReason.MaxConnections
            && rules.Decide(connection, open: 0) is RefusalReason.None
            && listener.Waiting.TryMakeRoom())
        {
            refusal = RefusalReason.None;
        }

        if (refusal is RefusalReason.None)
        {
            connection.Lane.Add(connection);
            return true;
        }

        listener.Leave();
        Refuse(connection, refusal);
        return false;
    }

    /// <summary>Resets a connection that was not let in, and counts why.</summary>
    public static void Refuse(ProxyConnection connection, RefusalReason reason)
    {
        connection.Listener.Refused.Add(reason);
        connection.Client.Reset();
        connection.OnClosed();
    }
}
