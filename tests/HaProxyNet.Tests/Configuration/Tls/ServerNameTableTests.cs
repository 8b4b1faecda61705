using CsCheck;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Tests.Configuration.Tls;

public sealed class ServerNameTableTests
{
    private static readonly string[] _labels = ["a", "b", "dmz", "example"];

    private static readonly Gen<string> _label = Gen.Int[0, 3].Select(i => _labels[i]);

    private static readonly Gen<string> _name = _label.Array[1, 3].Select(l => string.Join('.', l));

    private static readonly Gen<string> _entry = Gen.Select(Gen.Bool, _name, (isWildcard, name) => isWildcard ? "*." + name : name);

    [Theory]
    [InlineData("iqs.dmz.example", "exact")]
    [InlineData("IQS.Dmz.Example", "exact")]
    [InlineData("other.dmz.example", "dmz")]
    [InlineData("OTHER.DMZ.EXAMPLE", "dmz")]
    [InlineData("xn--mnchen-3ya.dmz.example", "dmz")]
    [InlineData("a.b.dmz.example", "b")]
    [InlineData("a.c.dmz.example", null)]
    [InlineData("dmz.example", "apex")]
    [InlineData("example", null)]
    [InlineData("other.example", null)]
    [InlineData("notdmz.example", null)]
    [InlineData("dotted.example", "dot")]
    [InlineData("10.0.0.5", null)]
    [InlineData("", null)]
    [InlineData(".dmz.example", null)]
    [InlineData(null, null)]
    public void Find_Name_NameBeatsWildcardOfOneLabel(string? name, string? expected)
    {
        var table = new ServerNameTable<string>(
        [
            ("*.dmz.example", "dmz"), ("iqs.DMZ.example", "exact"), ("*.b.dmz.example", "b"), ("dmz.example", "apex"),
            ("dotted.example.", "dot"),
            ("IQS.dmz.example", "too late"),
        ]);

        Assert.Equal(expected, table.Find(name));
    }

    [Fact]
    public void Find_AnyTable_AsCertificatesDo() => Gen.Select(_entry.Array[0, 6], _name).Sample((entries, name) =>
    {
        var table = new ServerNameTable<string>(entries.Select(e => (e, e)));
        var wildcard = name.Contains('.', StringComparison.Ordinal) ? "*" + name[name.IndexOf('.', StringComparison.Ordinal)..] : null;
        return table.Find(name) == (entries.Contains(name, StringComparer.Ordinal) ? name : entries.FirstOrDefault(e => e == wildcard));
    });
}
