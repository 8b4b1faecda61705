namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>Where in a connection's life something happens.</summary>
public enum LifePoint
{
    /// <summary>Right after the connect, before a byte.</summary>
    Connected,

    /// <summary>The client sends without end, and the destination reads.</summary>
    InMidRequest,

    /// <summary>The request has arrived; nobody says anything.</summary>
    AfterRequest,

    /// <summary>The destination sends without end, and the client reads.</summary>
    InMidReply,

    /// <summary>Request and reply have arrived; nobody says anything.</summary>
    AfterReply,

    /// <summary>The client has sent its FIN after the request; there is no reply yet.</summary>
    AfterClientFin,

    /// <summary>The destination has sent its FIN after a greeting; the client has said nothing yet.</summary>
    AfterDestinationFin,
}
