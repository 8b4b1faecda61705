using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Methods;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Scheduling;

/// <summary>What a destination is asked, by what it failed at and by what the operator has set.</summary>
public sealed class RecoveryQuestionsTests
{
    private const string Knock = "own:Knock";
    private const string Handshake = "own:Tls";

    private static readonly string _least = $"{(HalfOpenProbe.IsPossible ? ProbeMethod.HalfOpen : ProbeMethod.Connect)}";

    [Fact]
    public void Of_DefaultsAndItRefused_HalfOpen() => Assert.Equal([_least], Ask(EvidenceScope.Accept, isEncrypted: true));

    [Fact]
    public void Of_DefaultsAndAHandshakeFailed_AHandshakeAndNothingElse()
        => Assert.Equal([Handshake], Ask(EvidenceScope.Handshake, isEncrypted: true));

    /// <summary>A reload has ended the encryption: nobody looks at handshakes any more.</summary>
    [Fact]
    public void Of_HandshakeFailedAndThereAreNoneAnyMore_HalfOpen()
        => Assert.Equal([_least], Ask(EvidenceScope.Handshake, isEncrypted: false));

    [Theory]
    [InlineData(ProbeMethod.Tls, nameof(EvidenceScope.Accept), true, "Tls")]
    [InlineData(ProbeMethod.Tls, nameof(EvidenceScope.Handshake), true, "Tls")]
    [InlineData(ProbeMethod.Tls, nameof(EvidenceScope.Handshake), false, "Tls")]
    [InlineData(ProbeMethod.Connect, nameof(EvidenceScope.Handshake), true, Handshake)]
    [InlineData(ProbeMethod.Http, nameof(EvidenceScope.Handshake), true, "Http")]
    [InlineData(ProbeMethod.Ldap, nameof(EvidenceScope.Answer), true, "Ldap")]
    [InlineData(ProbeMethod.Ldap, nameof(EvidenceScope.Handshake), true, "own:Tls Ldap")]
    [InlineData(ProbeMethod.Ldap, nameof(EvidenceScope.Handshake), false, "Ldap")]
    public void Of_OwnPort_TheProbeAndWhatItDoesNotSee(ProbeMethod method, string failed, bool isEncrypted, string expected)
        => Assert.Equal(expected.Split(' '), Ask(Enum.Parse<EvidenceScope>(failed), isEncrypted, new HealthOptions { Method = method }));

    [Theory]
    [InlineData(ProbeMethod.Http, nameof(EvidenceScope.Accept), true, $"{Knock} Http")]
    [InlineData(ProbeMethod.Http, nameof(EvidenceScope.Answer), true, $"{Knock} Http")]
    [InlineData(ProbeMethod.Http, nameof(EvidenceScope.Handshake), true, $"{Handshake} Http")]
    [InlineData(ProbeMethod.Tls, nameof(EvidenceScope.Handshake), true, $"{Handshake} Tls")]
    [InlineData(ProbeMethod.Http, nameof(EvidenceScope.Handshake), false, $"{Knock} Http")]
    public void Of_AnotherPort_TheOwnPortBefore(ProbeMethod method, string failed, bool isEncrypted, string expected)
        => Assert.Equal(
            expected.Split(' '), Ask(Enum.Parse<EvidenceScope>(failed), isEncrypted, new HealthOptions { Method = method, Port = 8443 }));

    /// <summary>What only the drill sees would else keep it down for good, or be forgotten a second later.</summary>
    [Fact]
    public void Of_OnlyTheDrillSeesIt_TheDrillsProbeBehind()
    {
        var health = new HealthOptions { Drill = new() { At = "03:30", Method = ProbeMethod.Http } };

        Assert.Equal([_least, "Http"], Ask(EvidenceScope.Answer, isEncrypted: false, health));
        Assert.Equal([_least], Ask(EvidenceScope.Accept, isEncrypted: false, health));
        Assert.Equal([Handshake, "Http"], Ask(EvidenceScope.Answer | EvidenceScope.Handshake, isEncrypted: true, health));
    }

    [Fact]
    public void Of_OnlyTheDrillShakesHands_TheDrillsProbeBehind()
        => Assert.Equal(
            [_least, "Tls"],
            Ask(EvidenceScope.Handshake, isEncrypted: false, new HealthOptions
            {
                Drill = new() { At = "03:30", Method = ProbeMethod.Tls },
            }));

    private static IEnumerable<string> Ask(EvidenceScope failed, bool isEncrypted, HealthOptions? health = null)
    {
        var options = new ClusterOptions { Health = health ?? new HealthOptions() };
        options.Tls.Enabled = isEncrypted;
        var questions =
            RecoveryQuestions.Of(failed, options.Health.Port is not null, ProbePolicy.From(options, 1), DrillPlan.From(options));
        return questions.Select(
            q => (q.AtOwnPort ? "own:" : "") + (ReferenceEquals(q.Probe, ProbePolicy.Knock) ? "Knock" : $"{q.Probe.Method}"));
    }
}
