using CsCheck;
using HaProxyNet.Simulator.Agents;

namespace HaProxyNet.Tests.Simulator.Agents;

public sealed class RequestLedgerTests
{
    [Fact]
    public void Duplicates_SameIdOnTwoAgents_AreCountedAcrossLedgers()
    {
        var (primary, secondary) = (new RequestLedger(), new RequestLedger());
        Assert.True(primary.Record("primary", "1"));
        Assert.True(primary.Record("primary", "2"));
        Assert.True(secondary.Record("secondary", "2"));

        var merged = RequestLedger.Merge(primary, secondary, primary);

        Assert.Equal((0, 0, 1), (primary.Duplicates, secondary.Duplicates, merged.Duplicates));
        Assert.Equal(["primary", "secondary"], Assert.Single(merged.DuplicatedIds()).Value);
    }

    [Fact]
    public void Duplicates_AnyExecutions_AreThoseBeyondTheFirstOfEachId() => Gen.Int[0, 20].Array[0, 60].Sample(ids =>
    {
        var ledger = new RequestLedger();
        var first = ids.Count(id => ledger.Record("agent", id.ToString()));

        Assert.Equal(ids.Distinct().Count(), first);
        Assert.Equal((ids.Length, ids.Length - first), (ledger.Executions, ledger.Duplicates));
    });

    [Fact]
    public async Task Load_JournalOfAnEarlierLife_IsKnown()
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var journal = new StreamWriter(path))
            {
                new RequestLedger(journal).Record("agent", "1");

                var reader = new RequestLedger();
                await reader.LoadAsync("agent", path);
                Assert.False(reader.Record("agent", "1"));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }
}
