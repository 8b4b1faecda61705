using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Tests.Configuration.Syntax;

public sealed class HostNameTests
{
    [Theory]
    [InlineData("iqs1.corp.example", null)]
    [InlineData("iqs1.corp.example.", null)]
    [InlineData("iqs_1", null)]
    [InlineData("xn--mnchen-3ya.example", null)]
    [InlineData("münchen.example", "'münchen.example' has letters beyond ASCII: write it as it is in DNS, xn--mnchen-3ya.example")]
    [InlineData("é..example", "'é..example' is not a host name")]
    [InlineData("a..b", "'a..b' is not a host name")]
    [InlineData("999.1.1.1", "'999.1.1.1' is neither a host name nor an IP address")]
    public void ProblemOf_SaysWhatToWrite(string host, string? problem) => Assert.Equal(problem, HostName.ProblemOf(host));

    [Theory]
    [InlineData(null, false)]
    [InlineData("vip.example", true)]
    [InlineData("vip_1.example.", true)]
    [InlineData("vip\n.example", false)]
    [InlineData("vip\u202e", false)]
    public void IsShowable_OnlyLettersOfNames(string? name, bool isShowable) => Assert.Equal(isShowable, HostName.IsShowable(name));
}
