using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Methods;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Scheduling;

public sealed class ProbePolicyTests
{
    [Fact]
    public void From_Defaults_HalfOpenWhenIdleOrDown()
    {
        var policy = ProbePolicy.From(new ClusterOptions(), timestampFrequency: 10);

        Assert.Equal((ProbeMode.WhenIdleOrDown, 100), (policy.Mode, policy.Interval));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), (int?)null), (policy.DownInterval, policy.Timeout, policy.Port));
        Assert.Equal(HalfOpenProbe.IsPossible ? ProbeMethod.HalfOpen : ProbeMethod.Connect, policy.Probe.Method);
        Assert.Equal((!HalfOpenProbe.IsPossible, false), (policy.FallsBack, policy.Scope is not EvidenceScope.Accept));
        Assert.Null(policy.Handshake);
    }

    /// <summary>By its content: a reload that changes something else does not cut the probes that are under way.</summary>
    [Theory]
    [InlineData(ProbeMethod.HalfOpen)]
    [InlineData(ProbeMethod.Connect)]
    [InlineData(ProbeMethod.Tls)]
    [InlineData(ProbeMethod.Http)]
    [InlineData(ProbeMethod.Ldap)]
    public void From_SameHealth_Equal_AnotherOne_Not(ProbeMethod method)
    {
        var policy = Read("/heartbeat", TimeSpan.Zero);

        Assert.Equal(policy, Read("/heartbeat", idle: TimeSpan.FromHours(1)));
        Assert.NotEqual(policy, Read("/heartbeat", TimeSpan.Zero, down: 5));
        Assert.Equal(method is not ProbeMethod.Http, policy == Read("/other", TimeSpan.Zero));

        ProbePolicy Read(string path, TimeSpan idle, int down = 1) => ProbePolicy.From(
            new ClusterOptions
            {
                IdleTimeout = idle,
                Health = new HealthOptions { Method = method, Path = path, DownInterval = TimeSpan.FromSeconds(down) },
            },
            timestampFrequency: 10);
    }

    [Theory]
    [InlineData(ProbeMethod.Connect, null, null, false, nameof(EvidenceScope.Accept))]
    [InlineData(ProbeMethod.Connect, null, null, true, nameof(EvidenceScope.Accept))]
    [InlineData(ProbeMethod.Connect, 8443, null, false, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.Tls, null, null, false, nameof(EvidenceScope.Handshake))]
    [InlineData(ProbeMethod.Tls, null, null, true, nameof(EvidenceScope.Handshake))]
    [InlineData(ProbeMethod.Tls, 8443, null, true, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.Http, null, null, false, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.Http, null, null, true, "Handshake, Answer")]
    [InlineData(ProbeMethod.Http, null, false, true, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.Http, 8443, null, true, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.Ldap, 389, null, false, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.Ldap, null, true, true, "Handshake, Answer")]
    [InlineData(ProbeMethod.StatusServer, null, null, false, nameof(EvidenceScope.Answer))]
    [InlineData(ProbeMethod.StatusServer, null, null, true, "Handshake, Answer")]
    public void From_MethodAndPort_WhatTheyCanTakeBack(ProbeMethod method, int? port, bool? speaksTls, bool isEncrypted, string scope)
    {
        var options = new ClusterOptions { Health = new HealthOptions { Method = method, Port = port, Tls = speaksTls } };
        options.Tls.Enabled = isEncrypted;
        var policy = ProbePolicy.From(options, timestampFrequency: 10);

        Assert.Equal((method, Enum.Parse<EvidenceScope>(scope)), (policy.Probe.Method, policy.Scope));
        Assert.Equal(isEncrypted ? ProbeMethod.Tls : null, policy.Handshake?.Method);
    }

    /// <summary>A handshake of a client may take its time after the connect; so may a probe's that is like it.</summary>
    [Theory]
    [InlineData(0, 8)]
    [InlineData(2, 2)]
    public void TimeoutOf_HandshakeAsConnectionsHaveIt_AsLongAsTheirs(int own, int expected)
    {
        var options = new ClusterOptions { Health = new HealthOptions { Timeout = TimeSpan.FromSeconds(own) } };
        options.Tls.Enabled = true;
        var policy = ProbePolicy.From(options, timestampFrequency: 10);

        Assert.Equal(TimeSpan.FromSeconds(expected), policy.TimeoutOf(EvidenceScope.Handshake, policy.Timeout));
        Assert.Equal(policy.Timeout, policy.TimeoutOf(EvidenceScope.Accept, policy.Timeout));
    }

    [Fact]
    public void From_Timeout_IsTheProbesOwn()
    {
        var options = new ClusterOptions { Health = new HealthOptions { Timeout = TimeSpan.FromSeconds(7) } };

        Assert.Equal(TimeSpan.FromSeconds(7), ProbePolicy.From(options, timestampFrequency: 10).Timeout);
    }
}
