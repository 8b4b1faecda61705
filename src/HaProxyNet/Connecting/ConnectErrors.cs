using System.Net.Sockets;

namespace HaProxyNet.Connecting;

/// <summary>What a socket error of a connect attempt means.</summary>
internal static class ConnectErrors
{
    /// <summary>Maps the error of <c>connect(2)</c> to what it says about the destination.</summary>
    public static ConnectStatus Classify(SocketError error) => error switch
    {
        SocketError.Success => ConnectStatus.Connected,
        SocketError.ConnectionRefused => ConnectStatus.Refused,
        SocketError.ConnectionReset or SocketError.ConnectionAborted => ConnectStatus.Reset,
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.AccessDenied
            => ConnectStatus.Unreachable,
        SocketError.TimedOut => ConnectStatus.TimedOut,
        _ => ConnectStatus.LocalFailure,
    };

    /// <summary>Whether the status is evidence about the destination, and not about the client or this machine.</summary>
    public static bool IsEvidence(this ConnectStatus status) => status is ConnectStatus.Connected or ConnectStatus.Refused
        or ConnectStatus.Reset or ConnectStatus.Unreachable or ConnectStatus.TimedOut or ConnectStatus.Unresolved
        or ConnectStatus.TlsFailed or ConnectStatus.Loop;

    /// <summary>The label of the status in metrics and logs.</summary>
    public static string Label(this ConnectStatus status) => status switch
    {
        ConnectStatus.Connected => "connected",
        ConnectStatus.Refused => "refused",
        ConnectStatus.Reset => "reset",
        ConnectStatus.Unreachable => "unreachable",
        ConnectStatus.TimedOut => "timeout",
        ConnectStatus.Unresolved => "unresolved",
        ConnectStatus.LocalFailure => "local_failure",
        ConnectStatus.ClientGone => "client_gone",
        ConnectStatus.Aborted => "aborted",
        ConnectStatus.Slow => "hedge",
        ConnectStatus.Overtaken => "overtaken",
        ConnectStatus.MovedOn => "went_down",
        ConnectStatus.TlsFailed => "tls",
        ConnectStatus.Loop => "loop",
        _ => "pending",
    };
}
