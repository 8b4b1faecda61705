namespace HaProxyNet.Closing;

/// <summary>
/// Names the log category of the one line a connection, so that operators can turn it off alone: <c>HaProxyNet.Closing.ConnectionLog</c>.
/// </summary>
internal sealed class ConnectionLog;
