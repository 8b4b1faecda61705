using HaProxyNet.FuzzTests;
using HaProxyNet.FuzzTests.ProxyHeader;
using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.Tests.ProxyProtocol;

/// <summary>The corpus of the fuzzer: headers by the specification, and those with a trap in each.</summary>
public sealed class HeaderCorpusTests
{
    private const string Target = "proxy";

    public static TheoryData<string> Names => [.. CorpusFile.All(Target).Select(f => f.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Corpus_File_IsWhatItsLineSays(string name)
    {
        var file = CorpusFile.Named(name, Target);

        Assert.Equal(file.Expected, file.Result());
    }

    [Theory, MemberData(nameof(Names))]
    public void Corpus_CutAnywhere_NeedsMoreOrSaysTheSame(string name)
    {
        var wire = CorpusFile.Named(name, Target).Bytes;
        var result = ProxyHeaderParser.Parse(wire);

        Assert.All(Enumerable.Range(0, wire.Length + 1), cut => Assert.Null(HeaderOracle.FaultOfCut(wire, result, cut)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Corpus_Changed_IsWhatTheReferenceSays(string name)
    {
        var random = new Random(name.Length);
        var next = new HeaderMutator([CorpusFile.Named(name, Target).Bytes], random);
        for (var i = 0; i < 1000; i++)
        {
            var wire = next.Next();
            Assert.True(
                HeaderOracle.FaultOf(wire, random) is not { } fault, $"{HeaderOracle.FaultOf(wire, random)}: {Convert.ToHexString(wire)}");
        }
    }
}
