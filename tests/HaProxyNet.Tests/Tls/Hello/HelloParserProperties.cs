using CsCheck;
using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.Tests.Tls.Hello;

/// <summary>Whatever a client sends.</summary>
public sealed class HelloParserProperties
{
    private static readonly Gen<string> _label = Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_"], 1, 63];

    private static readonly Gen<string> _name = _label.Array[1, 3].Select(labels => string.Join('.', labels));

    private static readonly Gen<(ushort Type, byte[] Content)> _other = Gen.Select(Gen.UShort[100, 60_000], Gen.Byte.Array[0, 600]);

    private static readonly Gen<HelloModel> _hello =
        Gen.Select(_name, _other.Array[0, 8], Gen.Byte.Array[0, 32], Gen.Int[0, 8]).Select((name, others, session, at) =>
        {
            var extensions = others.DistinctBy(e => e.Type).ToList();
            extensions.Insert(Math.Min(at, extensions.Count), HelloModel.ServerName(name));
            return new HelloModel { Session = session, Extensions = extensions };
        });

    [Fact]
    public void Parse_AnyHello_TheNameIsRead() => Gen.Select(_name, _hello).Sample((name, hello) =>
    {
        var named = hello with
        {
            Extensions = [.. hello.Extensions!.Select(e => e.Type == HelloModel.ServerNameType ? HelloModel.ServerName(name) : e)],
        };
        return string.Equals(HelloParser.Parse(named.Wire()).Hello?.ServerName, name, StringComparison.OrdinalIgnoreCase);
    });

    [Fact]
    public void Parse_AnyRecords_TheSameHello() => Gen.Select(_hello, Gen.Int[1, 500].Array[1, 6]).Sample((hello, lengths) =>
    {
        var whole = HelloParser.Parse(hello.Wire()).Hello;
        var wire = hello.Wire(lengths);
        var split = HelloParser.Parse(wire);
        return whole is not null && (wire.Length > HelloParser.MostBytes
            ? split.Status is HelloStatus.TooLarge
            : split.Hello! with { Records = 1 } == whole);
    });

    [Fact]
    public void Parse_AnyPart_NeedsMore() => Gen.Select(_hello, Gen.Int[1, 500], Gen.Double.Unit).Sample((hello, record, part) =>
    {
        var wire = hello.Wire(record);
        return wire.Length > HelloParser.MostBytes
            || HelloParser.Parse(wire.AsSpan(0, (int)(part * wire.Length))).Status is HelloStatus.NeedMore;
    });

    [Fact]
    public void Parse_AnyBytes_AreJudged()
        => Gen.Select(Gen.Byte.Array[0, 200], Gen.Int).Sample((bytes, seed) => HelloOracle.FaultOf(bytes, new Random(seed)) is null);
}
