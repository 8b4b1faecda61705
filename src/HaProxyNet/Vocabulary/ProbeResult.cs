using System.Formats.Asn1;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Vocabulary;

/// <summary>How a probe ended.</summary>
internal enum ProbeResult
{
    /// <summary>The destination serves, as far as the method can see.</summary>
    Success,

    /// <summary>Nobody listens.</summary>
    Refused,

    /// <summary>Reset, before or after it was accepted.</summary>
    Reset,

    /// <summary>The network says there is no way.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>This machine could not try; says nothing about the destination.</summary>
    LocalFailure,

    /// <summary>Accepted, and closed before an answer.</summary>
    Closed,

    /// <summary>No TLS session: a protocol, a version or a certificate that does not fit.</summary>
    TlsFailed,

    /// <summary>An HTTP answer with another status than the expected one.</summary>
    WrongStatus,

    /// <summary>An answer that says no, or is none.</summary>
    BadAnswer,

    /// <summary>Not asked: its address leads back to a listener of the proxy itself.</summary>
    Loop,
}

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
        HttpRequestException { HttpRequestError: var error } when IsOfTheAnswer(error) => ProbeResult.BadAnswer,
        HttpIOException { HttpRequestError: var error } when IsOfTheAnswer(error) => ProbeResult.BadAnswer,
        IOException or HttpRequestException => fault.InnerException is { } inner && Classify(inner) is { } seen ? seen : ProbeResult.Closed,
        _ => null,
    };

    /// <summary>Whether it says something about the destination.</summary>
    public static bool IsEvidence(this ProbeResult result) => result is not ProbeResult.LocalFailure;

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

    /// <summary>An answer that is none, or one whose headers do not end.</summary>
    private static bool IsOfTheAnswer(HttpRequestError error)
        => error is HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded;

    private static ProbeResult From(ConnectStatus status) => status switch
    {
        ConnectStatus.Refused => ProbeResult.Refused,
        ConnectStatus.Reset => ProbeResult.Reset,
        ConnectStatus.Unreachable => ProbeResult.Unreachable,
        ConnectStatus.TimedOut => ProbeResult.TimedOut,
        _ => ProbeResult.LocalFailure,
    };
}
