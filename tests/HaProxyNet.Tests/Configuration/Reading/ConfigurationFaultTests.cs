using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class ConfigurationFaultTests
{
    [Fact]
    public void ToString_Fault_PathProblemAllowed() =>
        Assert.Equal("HaProxyNet.X: is bad; good", new ConfigurationFault("HaProxyNet.X", "is bad", "good").ToString());

    [Fact]
    public void ToString_ValueWithLineBreaks_StaysOneLine() =>
        Assert.Equal(
            @"X: 'a\u000d\u000ab' is bad; \u001b[31mgood", new ConfigurationFault("X", "'a\r\nb' is bad", "\u001b[31mgood").ToString());
}
