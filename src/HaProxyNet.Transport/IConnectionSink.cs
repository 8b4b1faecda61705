namespace HaProxyNet.Transport;

/// <summary>Where the connections of a listening socket go. The engine calls it on the connection's lane.</summary>
internal interface IConnectionSink
{
    /// <summary>The listener's name, for the log.</summary>
    string Listener { get; }

    /// <summary>How long a silent client is believed to live. A reload may change it; new connections have the new limits.</summary>
    SilenceLimits Silence { get; }

    /// <summary>Makes a connection of a socket that was just accepted.</summary>
    LaneConnection Accept(Lane lane, TransportSocket client);

    /// <summary>Descriptors run out: connections whose clients have sent nothing of use end soon. False: there are none.</summary>
    bool MakeRoom();

    /// <summary>Serves the connection; the engine does not wait. It must not throw.</summary>
    void Serve(LaneConnection connection);
}
