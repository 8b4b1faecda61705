using System.Security.Cryptography;
using System.Text;
using HaProxyNet.Health.Methods;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class RadiusMessagesTests
{
    private static readonly byte[] _question = RadiusMessages.StatusServer(7, "0123456789abcdef"u8);

    /// <summary>RFC 5997, 3: the Message-Authenticator is a hash of the packet with zeros in its place.</summary>
    [Fact]
    public void StatusServer_IsSigned()
    {
        byte[] unsigned = [12, 7, 0, 38, .. "0123456789abcdef"u8, 80, 18, .. new byte[16]];
#pragma warning disable CA5351 // What RADIUS prescribes.
        Assert.Equal([.. unsigned[..22], .. HMACMD5.HashData("radsec"u8, unsigned)], _question);
#pragma warning restore CA5351
    }

    [Theory]
    [InlineData(2, "")]
    [InlineData(5, "")]
    [InlineData(2, "1206") /* Reply-Message of four bytes */]
    public void RightAnswer_Healthy(byte code, string head)
    {
        byte[] attributes = head.Length == 0 ? [] : [.. Convert.FromHexString(head), .. "okay"u8];
        var answer = Answer(code, attributes);

        for (var seen = 0; seen < answer.Length; seen++)
        {
            Assert.False(RadiusMessages.TryRead(answer.AsSpan(0, seen), _question, out _));
        }

        Assert.True(IsHealthy(answer));
        Assert.True(IsHealthy([.. answer, 1, 2, 3]));
    }

    [Fact]
    public void OneBitWrong_NotHealthy()
    {
        var answer = Answer(2, [18, 6, .. "okay"u8]);
        for (var at = 0; at < answer.Length; at++)
        {
            byte[] wrong = [.. answer];
            wrong[at] ^= 1;

            // A length that lies may wait for what does not come.
            Assert.False(RadiusMessages.TryRead(wrong, _question, out var isHealthy) && isHealthy, $"byte {at}");
        }
    }

    [Theory]
    [InlineData("0207")]
    [InlineData("020700")]
    public void TooShortToTell_NotYet(string bytes) => Assert.False(RadiusMessages.TryRead(Convert.FromHexString(bytes), _question, out _));

    [Theory]
    [InlineData("03070014")]
    [InlineData("02080014")]
    [InlineData("02070013")]
    [InlineData("02071001")]
    [InlineData("48545450")]
    public void WrongHead_BadAtOnce(string bytes)
    {
        Assert.True(RadiusMessages.TryRead(Convert.FromHexString(bytes), _question, out var isHealthy));
        Assert.False(isHealthy);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("1200")]
    [InlineData("1201")]
    [InlineData("1203")]
    [InlineData("1202FF")]
    public void AttributesThatDoNotFit_NotHealthy(string attributes)
        => Assert.False(IsHealthy(Answer(2, Convert.FromHexString(attributes))));

    private static bool IsHealthy(byte[] answer)
    {
        Assert.True(RadiusMessages.TryRead(answer, _question, out var isHealthy));
        return isHealthy;
    }

    private static byte[] Answer(byte code, byte[] attributes)
    {
        byte[] answer = [code, 7, 0, (byte)(20 + attributes.Length), .. Encoding.ASCII.GetBytes("0123456789abcdef"), .. attributes];
#pragma warning disable CA5351 // What RADIUS prescribes.
        MD5.HashData([.. answer, .. "radsec"u8]).CopyTo(answer, 4);
#pragma warning restore CA5351
        return answer;
    }
}
