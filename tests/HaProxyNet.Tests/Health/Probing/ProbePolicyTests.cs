using HaProxyNet.Configuration;
using HaProxyNet.Health.Probing;

namespace HaProxyNet.Tests.Health.Probing;

public sealed class ProbePolicyTests
{
    [Fact]
    public void From_Defaults_HalfOpenWhenIdleOrDown()
    {
        var policy = ProbePolicy.From(new ClusterOptions(), timestampFrequency: 10);

        Assert.Equal((ProbeMode.WhenIdleOrDown, 100), (policy.Mode, policy.Interval));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), (int?)null), (policy.DownInterval, policy.Timeout, policy.Port));
        Assert.Equal(HalfOpenProbe.IsPossible ? ProbeMethod.HalfOpen : ProbeMethod.Connect, policy.Probe.Method);
        Assert.Equal((!HalfOpenProbe.IsPossible, false), (policy.FallsBack, policy.IsBeyondConnect));
    }

    [Theory]
    [InlineData(ProbeMethod.Connect, null, false)]
    [InlineData(ProbeMethod.Connect, 8443, true)]
    [InlineData(ProbeMethod.Tls, null, true)]
    [InlineData(ProbeMethod.Http, null, true)]
    [InlineData(ProbeMethod.Ldap, 389, true)]
    public void From_MethodAndPort_WhatTheyCanTakeBack(ProbeMethod method, int? port, bool isBeyondConnect)
    {
        var policy = ProbePolicy.From(new ClusterOptions { Health = new HealthOptions { Method = method, Port = port } }, timestampFrequency: 10);

        Assert.Equal((method, isBeyondConnect), (policy.Probe.Method, policy.IsBeyondConnect));
    }

    [Fact]
    public void From_Timeout_IsTheProbesOwn()
    {
        var options = new ClusterOptions { Health = new HealthOptions { Timeout = TimeSpan.FromSeconds(7) } };

        Assert.Equal(TimeSpan.FromSeconds(7), ProbePolicy.From(options, timestampFrequency: 10).Timeout);
    }
}
