using HaProxyNet.Comparison;
using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Tests.Comparison;

public sealed class ConfigurationTemplateTests
{
    private static readonly Dictionary<string, string> _values = new(StringComparer.Ordinal) { ["listen"] = "127.0.0.1:5050" };

    [Fact]
    public void Fill_KnownNames_ReplacesThem()
        => Assert.Equal("bind 127.0.0.1:5050", ConfigurationTemplate.Fill("bind {{listen}}", _values));

    [Fact]
    public void Fill_UnknownName_SaysWhich() =>
        Assert.Contains(
            "{{port}}",
            Assert.Throws<ComparisonException>(() => ConfigurationTemplate.Fill("bind {{port}}", _values)).Message,
            StringComparison.Ordinal);
}
