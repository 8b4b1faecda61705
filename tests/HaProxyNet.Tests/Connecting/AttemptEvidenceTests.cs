using HaProxyNet.Connecting;
using HaProxyNet.Health;

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
}
