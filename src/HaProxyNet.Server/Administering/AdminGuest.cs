using System.Net;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Server.Administering;

/// <summary>A connection to the admin endpoint.</summary>
internal sealed class AdminGuest(ConnectionContext connection, long now)
{
    private long _lastRequest = now;

    /// <summary>Where the client is.</summary>
    public ClientSite Site { get; } = ClientSite.From((connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None);

    /// <summary>Whether a request has come on it. One request at a time.</summary>
    public bool HasAsked { get; set; }

    /// <summary>When its last request came, or it was accepted, as a timestamp.</summary>
    public long LastRequest
    {
        get => Volatile.Read(ref _lastRequest);
        set => Volatile.Write(ref _lastRequest, value);
    }

    /// <summary>Ends the connection.</summary>
    public void Leave() => connection.Abort(new ConnectionAbortedException("Another connection to the admin endpoint needs its place."));
}
