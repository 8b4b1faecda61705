using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Methods;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Scraping;

/// <summary>How connects, probes and drills can end, by the settings of a cluster. Pure.</summary>
internal static class PossibleResults
{
    public static readonly ConnectStatus[] Failures =
        [.. Enum.GetValues<ConnectStatus>().Where(s => s is not (ConnectStatus.Pending or ConnectStatus.Connected))];

    public static readonly (ProbeMethod Method, ProbeResult Result)[] Probes =
        [.. Enum.GetValues<ProbeMethod>().SelectMany(method => Enum.GetValues<ProbeResult>().Select(result => (method, result)))];

    /// <summary>How a drill can end; one of a destination that is down already has its reason.</summary>
    private static readonly string[] _drills =
    [
        .. Enum.GetValues<ProbeResult>().Select(result => result.Label()), ConnectStatus.Unresolved.Label(),
        Evidence.Unanswered.Reason.Label(),
    ];

    /// <summary>Whether an attempt to connect can fail this way.</summary>
    public static bool Has(ConnectStatus failure, ClusterPlan plan, Destination destination) => failure switch
    {
        ConnectStatus.Refused or ConnectStatus.Reset or ConnectStatus.Unreachable or ConnectStatus.TimedOut => true,
        ConnectStatus.LocalFailure => true,
        ConnectStatus.Unresolved => !destination.Model.Address.IsIPAddress,
        ConnectStatus.TlsFailed => plan.Encryption is not null,
        _ => false,
    };

    /// <summary>Whether destinations are asked by this method, and it can end this way.</summary>
    public static bool Has(ProbeMethod method, ProbeResult result, ProbingPlan probing)
    {
        var policy = probing.Policy;
        return IsAsked(method, result, probing.Drill?.Probe)
            || (policy.Mode is not ProbeMode.Never
                && (IsAsked(method, result, policy.Probe)
                    || IsAsked(method, result, policy.Handshake)
                    || (policy.Port is not null && IsAsked(method, result, ProbePolicy.Knock))));
    }

    /// <summary>How the drills of a cluster can end.</summary>
    public static IReadOnlyList<string> Drills(ProbingPlan probing) => probing.Drill is null ? [] : _drills;

    private static bool IsAsked(ProbeMethod method, ProbeResult result, IProbe? probe) => probe?.Method == method && result switch
    {
        ProbeResult.Closed => method.IsBeyondConnect(),
        ProbeResult.TlsFailed => probe.SpeaksTls,
        ProbeResult.BadAnswer => method is ProbeMethod.Http or ProbeMethod.Ldap,
        ProbeResult.WrongStatus => method is ProbeMethod.Http,
        _ => true,
    };
}
