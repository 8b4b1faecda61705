using HaProxyNet.Configuration.Logs;

namespace HaProxyNet.Tests.Configuration.Logs;

public sealed class SyslogAddressTests
{
    [Theory]
    [InlineData("udp://log.corp.example", "udp://log.corp.example:514")]
    [InlineData("UDP://10.0.0.1:5514", "udp://10.0.0.1:5514")]
    [InlineData("tcp://[2001:db8::1]", "tcp://[2001:db8::1]:601")]
    [InlineData("tls://log.corp.example:6514", "tls://log.corp.example:6514")]
    [InlineData("unix:/dev/log", "unix:/dev/log")]
    public void TryParse_Sound_IsReadWithItsPort(string text, string expected)
    {
        Assert.True(SyslogAddress.TryParse(text, out var address, out _));
        Assert.Equal(expected, address.ToString());
    }

    [Theory]
    [InlineData("log.corp.example:514", "does not begin with")]
    [InlineData("http://log.corp.example", "does not begin with")]
    [InlineData("udp://", "has no host")]
    [InlineData("udp://log:0", "port")]
    [InlineData("tcp://log:70000", "port")]
    [InlineData("tcp://lo g:601", "is not a host name")]
    [InlineData("tcp://2001:db8::1:601", "without brackets")]
    [InlineData("unix:dev/log", "has no absolute path")]
    public void TryParse_Unsound_SaysWhatIsWrong(string text, string problem)
    {
        Assert.False(SyslogAddress.TryParse(text, out _, out var said));
        Assert.Contains(problem, said, StringComparison.Ordinal);
    }
}
