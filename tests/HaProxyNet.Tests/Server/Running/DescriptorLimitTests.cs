using HaProxyNet.Server.Running;

namespace HaProxyNet.Tests.Server.Running;

public sealed class DescriptorLimitTests
{
    [Theory]
    [InlineData(16, true, "may open only 16 files, and needs 32")]
    [InlineData(32, true, null)]
    [InlineData(200, false, "may open only 200 files, and needs 300")]
    [InlineData(300, false, null)]
    [InlineData(ulong.MaxValue, false, null)]
    public void ProblemOf_Limit_SaysWhatIsMissing(ulong limit, bool isNative, string? expected)
    {
        var problem = DescriptorLimit.ProblemOf(limit, isNative);

        Assert.Equal(expected is null, problem is null);
        Assert.Contains(expected ?? "", problem ?? "", StringComparison.Ordinal);
    }
}
