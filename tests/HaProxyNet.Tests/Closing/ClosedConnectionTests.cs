using System.Net;
using System.Text;
using HaProxyNet.Closing;
using HaProxyNet.Connections;
using HaProxyNet.Lines;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Closing;

public sealed class ClosedConnectionTests
{
    [Theory]
    [InlineData(null, null, "")]
    [InlineData("not_tls", null, " tls_version=not_tls")]
    [InlineData("1.3", "iqservice.corp.example", " tls_version=1.3 sni=iqservice.corp.example")]
    public void Text_Tls_OnlyWhatThereIs(string? version, string? name, string expected)
    {
        var closed = Closed(version, name);

        Assert.EndsWith("closed_by=client" + expected, closed.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("not_tls", null)]
    [InlineData("1.3", "iqservice.corp.example")]
    public void Fields_Tls_AreThoseOfTheTemplate(string? version, string? name)
    {
        var fields = Closed(version, name).ToList();

        Assert.Equal("{OriginalFormat}", fields[^1].Key);
        Assert.Equal(
            string.Join(' ', fields[..^1].Select(f => $"{{{f.Key}}}")),
            string.Join(' ', ((string)fields[^1].Value!).Split(' ').Select(w => w.Split('=')[1])));
        Assert.Equal((version, name), (fields.Find(f => f.Key == "TlsVersion").Value, fields.Find(f => f.Key == "Sni").Value));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("certificate_required")]
    public void Fields_IntroducedClient_ThePeerIsTheLast(string? alert)
    {
        var closed = Closed("1.3", name: null) with { Peer = PeerAddress.Of(IPEndPoint.Parse("10.0.0.5:4000")), TlsAlert = alert };
        var fields = closed.ToList();

        Assert.EndsWith(" peer=10.0.0.5:4000", closed.ToString(), StringComparison.Ordinal);
        Assert.Equal(("Peer", "10.0.0.5:4000"), (fields[^2].Key, fields[^2].Value));
        Assert.Equal(
            string.Join(' ', fields[..^1].Select(f => $"{{{f.Key}}}")),
            string.Join(' ', ((string)fields[^1].Value!).Split(' ').Select(w => w.Split('=')[1])));
        Assert.Equal(alert, fields.Find(f => f.Key == "TlsAlert").Value);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("1.3")]
    public void Acknowledged_KnownAtAnEndThatWasNotInOrder_IsAtTheEndOfTheLine(string? version)
    {
        var closed = Closed(version, null) with { AckedIn = 2, AckedOut = 0 };
        var fields = closed.ToList();

        Assert.EndsWith(" acked_in=2 acked_out=0", closed.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            string.Join(' ', fields[..^1].Select(f => $"{{{f.Key}}}")),
            string.Join(' ', ((string)fields[^1].Value!).Split(' ').Select(w => w.Split('=')[1])));
        Assert.Equal((2L, 0L), (fields[^3].Value, fields[^2].Value));
    }

    [Fact]
    public void Followed_TheTextHasWhatJoinsItToItsOtherLines()
    {
        var closed = Closed("1.3", null) with
        {
            AckedIn = 2,
            AckedOut = 0,
            IsFollowed = true,
            ClosedWith = "reset",
            Connection = new ConnectionNumber(0x1a2b),
        };
        var fields = closed.ToList();

        Assert.EndsWith(" acked_in=2 acked_out=0 closed_with=reset connection=1a2b", closed.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            string.Join(' ', fields[..^1].Select(f => $"{{{f.Key}}}")),
            string.Join(' ', ((string)fields[^1].Value!).Split(' ').Select(w => w.Split('=')[1])));
        Assert.Equal(("reset", "1a2b"), (fields[^3].Value, fields[^2].Value));
    }

    [Fact]
    public void TryFormat_AnyRoom_TheWholeLineOrFalse()
    {
        var closed = Closed("1.3", "iqservice.corp.example");
        var whole = closed.ToString();
        for (var room = 0; room <= whole.Length; room++)
        {
            var bytes = new byte[room];
            Assert.Equal(room == whole.Length, FieldText.TryWrite(closed, bytes, out var written));
            Assert.True(room < whole.Length || Encoding.UTF8.GetString(bytes, 0, written) == whole);
        }
    }

    private static ClosedConnection Closed(string? version, string? name) => new()
    {
        Fields = new ConnectionFields
        {
            Listener = "front",
            Client = PeerAddress.Of(IPEndPoint.Parse("127.0.0.1:40000")),
            Cluster = "agents",
            Destination = "primary",
            Attempts = 1,
            Reason = "primary",
            ConnectMs = new LoggedMilliseconds(500),
            DurationMs = new LoggedMilliseconds(2000),
            BytesIn = 3,
            BytesOut = 4,
        },
        Outcome = "completed",
        ClosedBy = "client",
        TlsVersion = version,
        ServerName = name,
    };
}
