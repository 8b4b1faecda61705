using System.Formats.Asn1;
using System.Net.Security;
using HaProxyNet.Health.Methods;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class LdapProbeTests
{
    /// <summary>As Active Directory writes them: every length in the long form, with four bytes.</summary>
    private const string LongEntry = "30 84 00000011 02 01 01 64 84 00000008 04 00 30 84 00000000";
    private const string LongDone = "30 84 00000010 02 01 01 65 84 00000007 0A 01 00 04 00 04 00";

    /// <summary>"LdapErr: bind first".</summary>
    private const string BindFirst = "4C646170457272 3A20 62696E64 20 6669727374";

    /// <summary>As OpenLDAP writes them.</summary>
    private const string ShortEntry = "30 09 02 01 01 64 04 04 00 30 00";
    private const string ShortDone = "30 0C 02 01 01 65 07 0A 01 00 04 00 04 00";

    [Theory]
    [InlineData(LongEntry + LongDone, nameof(ProbeResult.Success))]
    [InlineData(ShortEntry + ShortDone, nameof(ProbeResult.Success))]
    [InlineData(ShortDone, nameof(ProbeResult.Success))]
    [InlineData(ShortEntry + LongDone + ShortDone, nameof(ProbeResult.Success))]
    [InlineData("30 0C 02 01 01 65 07 0A 01 08 04 00 04 00", nameof(ProbeResult.Success))] // strongerAuthRequired
    [InlineData("30 0C 02 01 01 65 07 0A 01 30 04 00 04 00", nameof(ProbeResult.Success))] // inappropriateAuthentication
    // operationsError, as Active Directory
    [InlineData("30 84 00000023 02 01 01 65 84 0000001A 0A 01 01 04 00 04 13" + BindFirst, nameof(ProbeResult.Success))]
    [InlineData("30 0C 02 01 01 65 07 0A 01 35 04 00 04 00", nameof(ProbeResult.Success))] // unwillingToPerform
    [InlineData("30 0C 02 01 01 65 07 0A 01 33 04 00 04 00", nameof(ProbeResult.BadAnswer))] // busy
    [InlineData("30 0C 02 01 01 65 07 0A 01 34 04 00 04 00", nameof(ProbeResult.BadAnswer))] // unavailable
    [InlineData("30 0C 02 01 07 65 07 0A 01 00 04 00 04 00", nameof(ProbeResult.BadAnswer))] // somebody else's answer
    [InlineData("30 0C 02 01 00 78 07 0A 01 34 04 00 04 00", nameof(ProbeResult.BadAnswer))] // notice of disconnection
    [InlineData("30 03 02 01 01", nameof(ProbeResult.BadAnswer))]
    [InlineData("48 54 54 50", nameof(ProbeResult.BadAnswer))]
    [InlineData("30 0C 02 01 01 65", nameof(ProbeResult.Closed))]
    [InlineData("", nameof(ProbeResult.Closed))]
    public async Task Run_Answer_IsUnderstoodInAnyPieces(string answer, string expected)
    {
        foreach (var piece in new[] { 1, 7, int.MaxValue })
        {
            using var server = new ScriptedServer(stream => AnswerAsync(stream, answer, piece));

            Assert.Equal(expected, (await Asking.AskAsync(new LdapProbe(SpeaksTls: false), server.Address)).ToString());
        }
    }

    /// <summary>A directory that does not come to an end: entry after entry, a message of two gigabytes, zeros, text.</summary>
    [Theory]
    [InlineData("", ShortEntry)]
    [InlineData("", "30 05 02 01 01 64 00")]
    [InlineData("30 84 7FFFFFFF 02 01 01 64", "00")]
    [InlineData("30 84 FFFFFFFF 02 01 01 64", "00")]
    [InlineData("30 88 7FFFFFFFFFFFFFFF", "00")]
    [InlineData("30 80", "30 80")]
    [InlineData("", "00")]
    [InlineData("", "48 54 54 50 20")]
    public async Task Run_AnswerWithoutEnd_IsBadAndLeft(string beginning, string more)
    {
        using var server = new ScriptedServer(async stream =>
        {
            await AnswerAsync(stream, beginning, int.MaxValue);
            await Asking.SendWithoutEndAsync(stream, Bytes(more));
        });

        var result = await Asking.AskAsync(new LdapProbe(SpeaksTls: false), server.Address);

        Assert.Equal(ProbeResult.BadAnswer, result);
        Assert.IsType<IOException>(await server.FirstEnd.Task.WaitAsync(Asking.Bound), exactMatch: false);
    }

    [Fact]
    public async Task Run_Healthy_UnbindsAndEndsInOrder()
    {
        using var rest = new MemoryStream();
        using var server = new ScriptedServer(async stream =>
        {
            await ReadRequestAsync(stream);
            await stream.WriteAsync(Bytes(LongEntry + LongDone));
            await stream.CopyToAsync(rest);
        });

        Assert.Equal(ProbeResult.Success, await Asking.AskAsync(new LdapProbe(SpeaksTls: false), server.Address));

        Assert.Null(await server.FirstEnd.Task.WaitAsync(Asking.Bound));
        Assert.Equal("30-05-02-01-02-42-00", BitConverter.ToString(rest.ToArray()));
    }

    [Fact]
    public async Task Run_OverTls_Succeeds()
    {
        using var certificate = TestCertificate.Create("ad.example");
        using var server = new ScriptedServer(async stream =>
        {
            await using var session = new SslStream(stream);
            await session.AuthenticateAsServerAsync(certificate);
            await ReadRequestAsync(session);
            await session.WriteAsync(Bytes(LongEntry + LongDone));
            await ScriptedServer.ReadToEndAsync(session);
        });

        Assert.Equal(
            ProbeResult.Success, await Asking.AskAsync(new LdapProbe(SpeaksTls: true), server.Address, terms: Asking.Terms("ad.example")));
    }

    [Fact]
    public async Task Run_ServerSaysNothing_TimedOut()
    {
        using var server = new ScriptedServer(ScriptedServer.ReadToEndAsync);

        Assert.Equal(
            ProbeResult.TimedOut,
            await Asking.AskAsync(new LdapProbe(SpeaksTls: false), server.Address, timeout: TimeSpan.FromMilliseconds(100)));
    }

    /// <summary>The request as a server reads it (RFC 4511, 4.5.1), in the strict encoding that LDAP asks of clients.</summary>
    [Fact]
    public void SearchRootDse_IsASearchOfTheRootForNoAttribute()
    {
        var message = new AsnReader(LdapMessages.SearchRootDse, AsnEncodingRules.DER).ReadSequence();
        Assert.Equal(1, message.ReadInteger());
        var search = message.ReadSequence(new Asn1Tag(TagClass.Application, 3, isConstructed: true));
        Assert.Empty(search.ReadOctetString());
        Assert.Equal(0, search.ReadEnumeratedBytes().Span[0]);
        Assert.Equal(0, search.ReadEnumeratedBytes().Span[0]);
        Assert.Equal((0, 0, false), ((int)search.ReadInteger(), (int)search.ReadInteger(), search.ReadBoolean()));
        Assert.Equal("objectClass"u8.ToArray(), search.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 7)));
        var attributes = search.ReadSequence();
        Assert.Equal("1.1"u8.ToArray(), attributes.ReadOctetString());
        Assert.False(attributes.HasData || search.HasData || message.HasData);
    }

    private static async Task AnswerAsync(Stream stream, string answer, int piece)
    {
        await ReadRequestAsync(stream);
        foreach (var part in Bytes(answer).Chunk(Math.Min(piece, 1024)))
        {
            await stream.WriteAsync(part);
        }
    }

    private static async Task ReadRequestAsync(Stream stream) => await stream.ReadExactlyAsync(new byte[LdapMessages.SearchRootDse.Length]);

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
