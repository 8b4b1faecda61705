using HaProxyNet.Server.Systemd;

namespace HaProxyNet.Tests.Server.Systemd;

public sealed class JournalStreamTests
{
    [Theory]
    [InlineData("8:1234", "socket:[1234]", true)]
    [InlineData("8:1234", "/proc/self/fd/socket:[1234]", true)]
    [InlineData("8:1234", "socket:[12345]", false)]
    [InlineData("8:1234", "pipe:[1234]", false)]
    [InlineData("8:1234", null, false)]
    [InlineData("8:", "socket:[]", false)]
    [InlineData("1234", "socket:[1234]", false)]
    [InlineData(null, "socket:[1234]", false)]
    public void Matches_TheSameSocket(string? variable, string? link, bool isIt)
        => Assert.Equal(isIt, JournalStream.Matches(variable, link));
}
