using HaProxyNet.Comparison;
using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Tests.Comparison;

public sealed class ConfigurationTemplateTests
{
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal) { ["listen"] = "127.0.0.1:5050" };

    [Fact]
    public void Fill_KnownNames_ReplacesThem() => Assert.Equal("bind 127.0.0.1:5050", ConfigurationTemplate.Fill("bind {{listen}}", Values));

    [Fact]
    public void Fill_UnknownName_SaysWhich() =>
        Assert.Contains("{{port}}", Assert.Throws<ComparisonException>(() => ConfigurationTemplate.Fill("bind {{port}}", Values)).Message, StringComparison.Ordinal);
}
