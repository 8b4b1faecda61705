using HaProxyNet.Health.Methods;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class LdapResultsTests
{
    private static readonly byte[] _working = [0, 1, 4, 7, 8, 10, 11, 13, 32, 48, 49, 50, 53];

    public static TheoryData<byte> EveryCode => [.. Enumerable.Range(0, 124).Select(code => (byte)code)];

    /// <summary>Every number up to the last one of RFC 4511's registry (RFC 4520: up to 123), the unassigned ones too.</summary>
    [Theory]
    [MemberData(nameof(EveryCode))]
    public void SaysThatItWorks_EveryCode_OnlyThoseOfAServerThatServes(byte code)
        => Assert.Equal(_working.Contains(code), LdapResults.SaysThatItWorks([code]));

    [Fact]
    public void SaysThatItWorks_NotOneByte_No()
    {
        Assert.False(LdapResults.SaysThatItWorks([]));
        Assert.False(LdapResults.SaysThatItWorks([0x10, 0x00])); // 4096, e-syncRefreshRequired
    }
}
