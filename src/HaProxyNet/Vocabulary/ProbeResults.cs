using System.Formats.Asn1;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Vocabulary;

/// <summary>What the ends of probes mean, and their words in metrics and logs.</summary>
internal static class ProbeResults
{
    /// <summary>What an exception of a probe says; none when it is a fault of the proxy itself.</summary>
    public static ProbeResult? Classify(Exception fault) => fault switch
    {
        OperationCanceledException => ProbeResult.TimedOut,
        ConnectFailedException connect => From(connect.Status),
        SocketException socket => From(ConnectErrors.Classify(socket.SocketErrorCode)),
        AuthenticationException or CryptographicException => ProbeResult.TlsFailed,
        AsnContentException => ProbeResult.BadAnswer,
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } => ProbeResult.BadAnswer,
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } => ProbeResult.BadAnswer,
        IOException or HttpRequestException => fault.InnerException is { } inner && Classify(inner) is { } seen ? seen : ProbeResult.Closed,
        _ => null,
    };

    /// <summary>Whether it says something about the destination.</summary>
    public static bool IsEvidence(this ProbeResult result) => result is not ProbeResult.LocalFailure;

    /// <summary>The reason of a state: the word of a connection's attempt that ends in this way.</summary>
    public static string Reason(this ProbeResult result)
        => result is ProbeResult.TlsFailed ? ConnectStatus.TlsFailed.Label() : result.Label();

    /// <summary>The label in metrics.</summary>
    public static string Label(this ProbeResult result) => result switch
    {
        ProbeResult.Success => "success",
        ProbeResult.Refused => "refused",
        ProbeResult.Reset => "reset",
        ProbeResult.Unreachable => "unreachable",
        ProbeResult.TimedOut => "timeout",
        ProbeResult.LocalFailure => "local_failure",
        ProbeResult.Closed => "closed",
        ProbeResult.TlsFailed => "tls_failed",
        ProbeResult.WrongStatus => "wrong_status",
        ProbeResult.BadAnswer => "bad_answer",
        ProbeResult.Loop => ConnectStatus.Loop.Label(),
        _ => throw new ArgumentOutOfRangeException(nameof(result)),
    };

    private static ProbeResult From(ConnectStatus status) => status switch
    {
        ConnectStatus.Refused => ProbeResult.Refused,
        ConnectStatus.Reset => ProbeResult.Reset,
        ConnectStatus.Unreachable => ProbeResult.Unreachable,
        ConnectStatus.TimedOut => ProbeResult.TimedOut,
        _ => ProbeResult.LocalFailure,
    };
}
