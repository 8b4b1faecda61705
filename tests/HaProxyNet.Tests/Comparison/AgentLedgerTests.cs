using HaProxyNet.Comparison.Failover;

namespace HaProxyNet.Tests.Comparison;

public sealed class AgentLedgerTests
{
    [Fact]
    public void Ledger_OpenedAgain_GoesOnCounting()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var first = new AgentLedger(path))
            {
                first.CountAccepted();
                first.CountRequest(7);
            }

            using var second = new AgentLedger(path);
            second.CountAccepted();
            second.CountRequest(7);

            Assert.Equal((2, 2, 2, 0), (second.Accepted, second.Requests, second.ExecutionsOf(7), second.ExecutionsOf(8)));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
