using HaProxyNet.FuzzTests;
using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.Tests.Tls.Hello;

public sealed class HelloParserTests
{
    [Theory]
    [InlineData("iqservice.corp.example", "iqservice.corp.example")]
    [InlineData("IQService.Corp.Example", "iqservice.corp.example")]
    [InlineData("iqservice.corp.example.", "iqservice.corp.example")]
    [InlineData("xn--mnchen-3ya.example", "xn--mnchen-3ya.example")]
    [InlineData("iqs_1", "iqs_1")]
    public void Parse_Name_IsLowerCaseWithoutTheLastDot(string sent, string read)
        => Assert.Equal(read, HelloParser.Parse(HelloModel.For(sent).Wire()).Hello?.ServerName);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a b.example")]
    [InlineData("*.example")]
    [InlineData("a\0.example")]
    [InlineData("a\n.example")]
    [InlineData("fd00::4")]
    [InlineData("é.example")]
    public void Parse_NoDnsName_IsMalformed(string name)
        => Assert.Equal(HelloResult.Failed(HelloFault.ServerName), HelloParser.Parse(HelloModel.For(name).Wire()));

    [Fact]
    public void Parse_NoName_IsComplete()
    {
        var hello = HelloParser.Parse(HelloModel.For(null).Wire()).Hello;

        Assert.Equal((null, 0x0304), (hello!.ServerName, (int)hello.Version));
    }

    [Fact]
    public void Parse_MadeUpValuesEverywhere_AreIgnored()
    {
        var model = new HelloModel
        {
            Extensions = [
                (0x0A0A, []),
                HelloModel.Versions(0xFAFA, 0x0303, 0x0304, 0x7A7A),
                HelloModel.Protocols("\x1A\x1A", "h2"),
                HelloModel.ServerName("a.example"),
                (0x2A2A, [0]),
            ],
        };

        var hello = HelloParser.Parse(model.Wire()).Hello!;

        Assert.Equal(("a.example", HelloVersion.Tls13), (hello.ServerName, hello.Version));
        Assert.Equal(["h2"], hello.Protocols);
    }

    [Fact]
    public void Parse_EncryptedHello_IsNoted()
        => Assert.True(HelloParser.Parse(HelloModel.For("front.example")
            .With((HelloModel.EncryptedHelloType, new byte[200]))
            .Wire()).Hello!.OffersEncryptedHello);

    [Theory]
    [InlineData((int)HelloStatus.Complete, 16_384)]
    [InlineData((int)HelloStatus.TooLarge, 16_385)]
    public void Parse_Longest_IsTheLimit(int status, int length)
    {
        var model = HelloModel.For("a.example");
        var padded = model.With((21, new byte[length - model.Message().Length - 4]));
        Assert.Equal(length, padded.Message().Length);

        Assert.Equal((HelloStatus)status, HelloParser.Parse(padded.Wire()).Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(16_384)]
    public void Parse_WaitingForAtLeast_ComesToTheHelloInFewLooks(int recordLength)
    {
        var wire = HelloModel.For("iqservice.corp.example").With((HelloModel.KeySharesType + 100, new byte[2_500])).Wire(recordLength);
        var looks = 0;
        var there = 0;
        HelloResult result;
        do
        {
            result = HelloParser.Parse(wire.AsSpan(0, there));
            there = result.AtLeast;
            looks++;
        }
        while (result.Status is HelloStatus.NeedMore);

        Assert.Equal(HelloStatus.Complete, result.Status);
        Assert.InRange(looks, 1, 50);
    }

    [Fact]
    public void Parse_NotComplete_AllocatesNothing()
    {
        var inputs =
            CorpusFile.All().Where(f => !f.Expected.StartsWith(nameof(HelloStatus.Complete), StringComparison.Ordinal)).Select(f => f.Bytes)
                .Append(CorpusFile.Named("browser-in-small-records").Bytes[..^1]).ToList();
        inputs.ForEach(i => HelloParser.Parse(i));

        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var input in inputs)
        {
            HelloParser.Parse(input);
        }

        // A name may be read before another part turns out to be broken.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void Label_Version_IsAWord()
        => Assert.Equal(
            ["ssl3", "1.0", "1.1", "1.2", "1.3", "other"], Enumerable.Range(0x0300, 6).Select(v => HelloVersion.Label((ushort)v)));
}
