using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Vocabulary;

public sealed class HealthReasonTests
{
    [Fact]
    public void Read_ALabel_IsItsReason()
        => Assert.All(Enum.GetValues<HealthReason>(), reason => Assert.Equal(reason, HealthReasons.Read(reason.Label())));

    [Fact]
    public void Read_AnotherVersionsLabel_IsUnknown() => Assert.Equal(HealthReason.Unknown, HealthReasons.Read("eaten"));

    /// <summary>Metrics of connects and states use one word for the same thing.</summary>
    [Fact]
    public void Label_OfAnAttemptThatIsEvidence_IsThatOfItsStatus()
        => Assert.All(
            Enum.GetValues<ConnectStatus>().Where(s => s.IsEvidence()),
            status => Assert.Equal(status.Label(), status.Reason().Label()));

    [Fact]
    public void IsRefusal_OnlyWhatAnswersAtOnce()
        => Assert.Equal([HealthReason.Refused, HealthReason.Reset], Enum.GetValues<HealthReason>().Where(reason => reason.IsRefusal()));
}
