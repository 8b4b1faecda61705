namespace HaProxyNet.State.Selecting;

/// <summary>A client that is remembered, as it is kept across a restart.</summary>
/// <param name="Client">Its address.</param>
/// <param name="Destination">The name of the destination that it had last.</param>
/// <param name="Age">How long ago its last connection was.</param>
internal readonly record struct StickyClient(ClientKey Client, string Destination, TimeSpan Age);
