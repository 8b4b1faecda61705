namespace HaProxyNet.Transport;

/// <summary>Numbers of the engines' log events; a part of the proxy's numbers.</summary>
internal static class TransportEventIds
{
    public const int AcceptPaused = 31;
    public const int AcceptStopped = 32;
    public const int SpliceRefused = 50;
    public const int ExclusiveRefused = 51;
}
