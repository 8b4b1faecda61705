using System.Net;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Health.Methods;
using HaProxyNet.Listening;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health.Scheduling;

/// <summary>Asks a destination once, and counts and reports what was seen.</summary>
internal sealed partial class Prober(
    HealthReporter health, DestinationTerms terms, LoopDetector loops, OwnTrouble trouble, OwnPace pace, TimeProvider time,
    ILogger<Prober> logger)
{
    /// <summary>
    /// One probe by the cluster's method, or, where that does not see what has failed, by one that does; its result is evidence.
    /// </summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask ProbeAsync(Cluster cluster, Destination destination, CancellationToken stopping)
    {
        if (destination.Condition.FailsBeyondConnect)
        {
            await ProbeFailedAsync(cluster, destination, stopping);
            return;
        }

        var (policy, began) = (ProbingPlan.Of(cluster.Plan).Policy, time.GetTimestamp());
        var question = new ProbeQuestion(policy.Probe, AtOwnPort: false, policy.Scope, policy.TimeoutOf(policy.Scope, policy.Timeout));
        Report(cluster, destination, await AskAsync(cluster, destination, question, stopping), policy.Scope, began);
    }

    /// <summary>One probe of a destination that has failed: all that <see cref="RecoveryQuestions"/> says, until one fails.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask ProbeFailedAsync(Cluster cluster, Destination destination, CancellationToken stopping)
    {
        var (plan, failed, asked) = (cluster.Plan, destination.Condition.FailsBeyond, EvidenceScope.Accept);
        var isElsewhere = ProbingPlan.Of(plan).Policy.Port is { } port && port != destination.Model.Address.Port;
        foreach (var question in RecoveryQuestions.Of(failed, isElsewhere, ProbingPlan.Of(plan).Policy, ProbingPlan.Of(plan).Drill))
        {
            var began = time.GetTimestamp();
            var result = await AskAsync(cluster, destination, question, stopping);
            if (result is not ProbeResult.Success)
            {
                Report(cluster, destination, result, question.Scope, began);
                return;
            }

            asked |= question.Scope;
        }

        // What nobody looks at any more, after a reload, is no reason to stay down.
        destination.HandshakeFault = "";
        health.Report(cluster, destination, Success(asked) with { Scope = asked | failed });
    }

    /// <summary>Asks the addresses of a destination within one deadline, until one serves, and counts it.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask<ProbeResult> AskAsync(
        Cluster cluster,
        Destination destination,
        ProbeQuestion question,
        CancellationToken stopping)
    {
        var addresses = AddressOrder.Of(destination);
        var race = new AddressRace(
            async (address, deadline) => await LeadsBackAsync(cluster, address, deadline)
                ? new ProbeAnswer(ProbeResult.Loop)
                : await AskAsync(destination, question, TargetAt(address, cluster, destination, question), deadline, stopping),
            AddressRace.DelayWithin(question.Timeout, addresses.Count),
            time);
        using var end = new ProbeDeadline(question.Timeout, pace, time, stopping);
        var (answer, accepted) = addresses.Count == 0 ? (new(ProbeResult.Unreachable), null) : await race.RunAsync(addresses, end.Token);
        if (accepted is not null && (question.AtOwnPort || IsAtOwnPort(cluster, destination)))
        {
            destination.PreferredAddress = accepted;
        }

        NoteHandshake(cluster, destination, question, answer);
        destination.Connects.Probed(question.Probe.Method, answer.Result);
        return answer.Result;
    }

    /// <summary>Says what a probe saw, if it says anything about the destination.</summary>
    public void Report(Cluster cluster, Destination destination, ProbeResult result, EvidenceScope scope, long began)
    {
        if (result.IsEvidence())
        {
            var evidence = result is ProbeResult.Success ? Success(scope) : Evidence.Failed(result.Reason(), time.GetElapsedTime(began));
            health.Report(cluster, destination, evidence with { Scope = scope, IsProbe = true });
        }
    }

    /// <summary>What redirects connects may have gone: that is asked each time. What listens here is known without asking.</summary>
    private async ValueTask<bool> LeadsBackAsync(Cluster cluster, IPEndPoint address, CancellationToken deadline)
    {
        if (loops.RedirectedTo(address) is { } listener
            && await RedirectCheck.PortOfArrivalAsync(address, deadline) != listener.BoundAddress?.Port)
        {
            loops.Forget(address);
        }

        return loops.LeadsBack(cluster, address);
    }

    private static Evidence Success(EvidenceScope asked) => asked is EvidenceScope.Accept ? Evidence.Accepted : Evidence.Answered;

    private static bool IsAtOwnPort(Cluster cluster, Destination destination)
        => ProbingPlan.Of(cluster.Plan).Policy.Port is not { } port || port == destination.Model.Address.Port;

    /// <summary>
    /// Its own object: no probe can change what connections use. Null: what TLS needs is not loaded, for a reload has just begun.
    /// </summary>
    private ProbeTarget? TargetAt(IPEndPoint address, Cluster cluster, Destination destination, ProbeQuestion question)
    {
        var at =
            new IPEndPoint(address.Address, question.AtOwnPort ? address.Port : ProbingPlan.Of(cluster.Plan).Policy.Port ?? address.Port);
        var isAtOwnPort = at.Port == address.Port;
        var asked = question.Probe.SpeaksTls ? terms.OfProbe(cluster, destination, isAtOwnPort) : null;
        return asked is null && question.Probe.SpeaksTls
            ? null
            : new ProbeTarget(at, HostName.WithoutDot(destination.Model.Address.Host), asked)
            {
                Header = isAtOwnPort ? OutgoingHeader.Own(cluster.Plan.SendProxyProtocol) : default,
            };
    }

    private async Task<ProbeAnswer> AskAsync(
        Destination destination, ProbeQuestion question, ProbeTarget? target, CancellationToken deadline, CancellationToken stopping)
    {
        if (target is null)
        {
            return new(ProbeResult.LocalFailure);
        }

        try
        {
            return new(await question.Probe.RunAsync(target, deadline));
        }
        catch (Exception fault) when (ProbeResults.Classify(fault) is not null)
        {
            stopping.ThrowIfCancellationRequested();
            if (fault is ConnectFailedException { Status: var status } && status.IsOwnTrouble())
            {
                trouble.Report(status, destination);
            }

            return new(ProbeResults.Classify(fault)!.Value, (fault as DestinationHandshakeException)?.Result);
        }
    }

    /// <summary>A success beyond the handshake takes the words back, unless they are of another port than the one that was asked.</summary>
    private void NoteHandshake(Cluster cluster, Destination destination, ProbeQuestion question, ProbeAnswer answer)
    {
        if (answer.Handshake is { } failed)
        {
            Tell(destination, failed, HandshakeAdvice.Of(failed, question.Timeout));
        }
        else if (question.Probe.SpeaksTls && answer.Result is ProbeResult.Success or ProbeResult.WrongStatus or ProbeResult.BadAnswer
            && (cluster.Plan.Encryption is null || question.Scope.HasFlag(EvidenceScope.Handshake)))
        {
            destination.HandshakeFault = "";
        }
    }

    /// <summary>One that is down is asked every second: the log is told when there is something new.</summary>
    private void Tell(Destination destination, HandshakeResult failed, string words)
    {
        if (destination.HandshakeFault != words)
        {
            destination.HandshakeFault = words;
            LogHandshakeFailed(
                destination.ClusterName, destination.Name, destination.Model.Address.ToString(), failed.Status.Label(), words);
        }
    }

    [LoggerMessage(EventIds.ProbesHandshakeFailed, LogLevel.Information,
        "A probe's TLS handshake with {Cluster}/{Destination} ({Address}) failed, {Result}: {Why}.")]
    private partial void LogHandshakeFailed(string cluster, string destination, string address, string result, string why);
}
