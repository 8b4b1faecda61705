using System.Net;
using HaProxyNet.Configuration;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Reencrypting;
using HaProxyNet.Tls.Sessions;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health.Probing;

/// <summary>Asks a destination once, and counts and reports what was seen.</summary>
internal sealed partial class Prober(HealthReporter health, DestinationTerms terms, TimeProvider time, ILogger<Prober> logger)
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

        var (policy, began) = (cluster.Plan.Probing, time.GetTimestamp());
        var question = new ProbeQuestion(policy.Probe, AtOwnPort: false, policy.Scope, policy.TimeoutOf(policy.Scope, policy.Timeout));
        Report(cluster, destination, await AskAsync(cluster, destination, question, stopping), policy.Scope, began);
    }

    /// <summary>One probe of a destination that has failed: all that <see cref="RecoveryQuestions"/> says, until one fails.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask ProbeFailedAsync(Cluster cluster, Destination destination, CancellationToken stopping)
    {
        var (plan, failed, asked) = (cluster.Plan, destination.Condition.FailsBeyond, EvidenceScope.Accept);
        var isElsewhere = plan.Probing.Port is { } port && port != destination.Model.Address.Port;
        foreach (var question in RecoveryQuestions.Of(failed, isElsewhere, plan.Probing, plan.Drill))
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
        health.Report(cluster, destination, Success(asked) with { Scope = asked | failed });
    }

    /// <summary>Asks the addresses of a destination in order, until one serves, and counts it.</summary>
    /// <exception cref="OperationCanceledException">The proxy stops.</exception>
    public async ValueTask<ProbeResult> AskAsync(Cluster cluster, Destination destination, ProbeQuestion question, CancellationToken stopping)
    {
        var (plan, host) = (cluster.Plan, HostName.WithoutDot(destination.Model.Address.Host));
        var result = ProbeResult.Unreachable;
        foreach (var address in destination.Addresses)
        {
            var at = new IPEndPoint(address.Address, question.AtOwnPort ? address.Port : plan.Probing.Port ?? address.Port);
            var encryption = at.Port == address.Port ? plan.Encryption : null;
            var target = new ProbeTarget(at, host, encryption is null ? null : terms.Of(cluster, encryption, destination, alpn: ""));
            result = encryption is not null && target.Terms is null
                ? ProbeResult.LocalFailure
                : await AskAsync(destination, question, target, stopping);
            if (result is ProbeResult.Success)
            {
                break;
            }
        }

        destination.Connects.Probed(question.Probe.Method, result);
        return result;
    }

    /// <summary>Says what a probe saw, if it says anything about the destination.</summary>
    public void Report(Cluster cluster, Destination destination, ProbeResult result, EvidenceScope scope, long began)
    {
        if (result.IsEvidence())
        {
            var evidence = result is ProbeResult.Success ? Success(scope) : Evidence.Failed(result.Reason(), time.GetElapsedTime(began));
            health.Report(cluster, destination, evidence with { Scope = scope });
        }
    }

    private static Evidence Success(EvidenceScope asked) => asked is EvidenceScope.Accept ? Evidence.Accepted : Evidence.Answered;

    private async ValueTask<ProbeResult> AskAsync(Destination destination, ProbeQuestion question, ProbeTarget target, CancellationToken stopping)
    {
        using var deadline = new CancellationTokenSource(question.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, stopping);
        try
        {
            var result = await question.Probe.RunAsync(target, either.Token);
            if (target.Terms is not null && question.Scope.HasFlag(EvidenceScope.Handshake))
            {
                destination.HandshakeFault = "";
            }

            return result;
        }
        catch (Exception fault) when (ProbeResults.Classify(fault) is not null)
        {
            stopping.ThrowIfCancellationRequested();
            if (fault is DestinationHandshakeException { Result: var failed })
            {
                Tell(destination, failed, HandshakeAdvice.Of(failed, question.Timeout));
            }

            return ProbeResults.Classify(fault)!.Value;
        }
    }

    /// <summary>One that is down is asked every second: the log is told when there is something new.</summary>
    private void Tell(Destination destination, HandshakeResult failed, string words)
    {
        if (destination.HandshakeFault != words)
        {
            destination.HandshakeFault = words;
            LogHandshakeFailed(destination.ClusterName, destination.Name, destination.Model.Address.ToString(), failed.Status.Label(), words);
        }
    }

    [LoggerMessage(EventIds.ProbesHandshakeFailed, LogLevel.Information,
        "A probe's TLS handshake with {Cluster}/{Destination} ({Address}) failed, {Result}: {Why}.")]
    private partial void LogHandshakeFailed(string cluster, string destination, string address, string result, string why);
}
