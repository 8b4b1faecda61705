using HaProxyNet.Connecting;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Connecting;

public sealed class AttemptEvidenceTests
{
    [Theory]
    [InlineData(nameof(ConnectStatus.Refused), nameof(EvidenceScope.Accept))]
    [InlineData(nameof(ConnectStatus.TimedOut), nameof(EvidenceScope.Accept))]
    [InlineData(nameof(ConnectStatus.TlsFailed), nameof(EvidenceScope.Handshake))]
    public void Failed_Status_HowFarItCame(string status, string scope)
    {
        var evidence = AttemptEvidence.Failed(Enum.Parse<ConnectStatus>(status), TimeSpan.FromSeconds(1));

        Assert.Equal((EvidenceKind.Failure, Enum.Parse<EvidenceScope>(scope)), (evidence.Kind, evidence.Scope));
    }

    [Theory]
    [InlineData(nameof(ConnectStatus.Unreachable), nameof(ConnectStatus.TimedOut), nameof(ConnectStatus.TimedOut))]
    [InlineData(nameof(ConnectStatus.Refused), nameof(ConnectStatus.Unreachable), nameof(ConnectStatus.Refused))]
    [InlineData(nameof(ConnectStatus.LocalFailure), nameof(ConnectStatus.Refused), nameof(ConnectStatus.Refused))]
    [InlineData(nameof(ConnectStatus.TlsFailed), nameof(ConnectStatus.Refused), nameof(ConnectStatus.TlsFailed))]
    public void Stronger_TwoAddresses_TheirPlaceDoesNotMatter(string one, string other, string expected)
    {
        var (a, b) = (Enum.Parse<ConnectStatus>(one), Enum.Parse<ConnectStatus>(other));

        Assert.Equal((expected, expected), (AttemptEvidence.Stronger(a, b).ToString(), AttemptEvidence.Stronger(b, a).ToString()));
    }
}
