using HaProxyNet.Comparison.Failover;

namespace HaProxyNet.Tests.Comparison;

public sealed class FailoverJudgementTests
{
    private const long Primary = 1;
    private const long Secondary = 2;
    private static readonly FailoverTimes _times = new(Milliseconds(1000), Milliseconds(1010), Milliseconds(2000), Milliseconds(3000));

    [Fact]
    public void Of_RequestSentAfterThePrimaryWent_LostIsFailed()
    {
        var judgement = Judge([Lost(1, sent: 1011)]);

        Assert.Equal((1, 0), (judgement.Failed, judgement.CutInFlight));
    }

    [Theory]
    [InlineData(999, 0)]
    [InlineData(1005, 0)]
    [InlineData(1100, 1)]
    public void Of_RequestUnderWayWhileThePrimaryWent_LostIsCut(int sent, int executions)
    {
        var judgement = Judge([Lost(1, sent)], executions);

        Assert.Equal((0, 1), (judgement.Failed, judgement.CutInFlight));
    }

    [Fact]
    public void Of_RequestExecutedThreeTimes_CountsTwoReplays()
        => Assert.Equal(2, Judge([Answered(1, 500, 1, Primary)], executions: 3).Replayed);

    [Fact]
    public void Of_Waits_AddedIsAboveTheCalmMedian()
    {
        var judgement = Judge([Answered(1, 100, 2, Primary), Answered(2, 200, 2, Primary), Answered(3, 1100, 502, Secondary)]);

        Assert.Equal((502.0, 500.0), (judgement.WorstMs, judgement.AddedMs));
    }

    [Fact]
    public void Of_WorstWaitLongAfterTheFault_IsNotOfTheFirstSecond()
    {
        var judgement = Judge([
            Answered(1, 100, 2, Primary),
            Answered(2, 1010, 4, Secondary),
            Answered(3, 2009, 7, Secondary),
            Answered(4, 2010, 30, Secondary),
        ]);

        Assert.Equal((28.0, 5.0), (judgement.AddedMs, judgement.FirstSecondMs));
    }

    [Fact]
    public void Of_RequestUnderWayWhileThePrimaryWent_IsNoWaitOfTheProxy() =>
        Assert.Equal(2.0, Judge([Answered(1, 100, 2, Primary), Answered(2, 999, 1500, Primary), Answered(3, 1005, 900, Primary)]).WorstMs);

    [Fact]
    public void Of_Repair_BackIsTheFirstAnswerOfThePrimarySentAfterIt()
    {
        var judgement = Judge([
            Answered(1, 1990, 20, Primary),
            Answered(2, 2100, 5, Secondary),
            Answered(3, 2500, 5, Primary),
            Answered(4, 2600, 5, Primary),
        ]);

        Assert.Equal(505.0, judgement.BackMs);
    }

    [Fact]
    public void Of_PrimaryNeverUsedAgain_HasNoBack() => Assert.Null(Judge([Answered(1, 100, 1, Primary)]).BackMs);

    private static FailoverJudgement Judge(IReadOnlyList<RpcRecord> records, int executions = 0) =>
        FailoverJudgement.Of(records, _times, Primary, _ => executions);

    private static RpcRecord Answered(long id, int sent, int wait, long agent) => new(id, Milliseconds(sent), Milliseconds(wait), agent);

    private static RpcRecord Lost(long id, int sent) => new(id, Milliseconds(sent), Milliseconds(1), null);

    private static TimeSpan Milliseconds(int value) => TimeSpan.FromMilliseconds(value);
}
