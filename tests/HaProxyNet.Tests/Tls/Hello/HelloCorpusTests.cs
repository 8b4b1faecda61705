using HaProxyNet.FuzzTests;
using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.Tests.Tls.Hello;

/// <summary>The corpus of the fuzzer: hellos of real clients, and made-up ones with a trap in each.</summary>
public sealed class HelloCorpusTests
{
    public static TheoryData<string> Names => [.. CorpusFile.All().Select(f => f.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Corpus_File_IsWhatItsLineSays(string name)
    {
        var file = CorpusFile.Named(name);

        Assert.Equal(file.Expected, file.Result());
    }

    [Theory, MemberData(nameof(Names))]
    public void Corpus_CutAnywhere_NeedsMoreOrSaysTheSame(string name)
    {
        var wire = CorpusFile.Named(name).Bytes;
        var result = HelloParser.Parse(wire);
        var said = ReferenceResult.Of(result);

        // Long files are mostly padding: what matters is at their beginning and at their end.
        var cuts = Enumerable.Range(0, wire.Length + 1).Where(cut => cut < 4_000 || cut > wire.Length - 100);
        Assert.All(cuts, cut => Assert.Null(HelloOracle.FaultOfCut(wire, result, said, cut)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Corpus_Changed_IsWhatTheReferenceSays(string name)
    {
        var random = new Random(name.Length);
        var mutator = new HelloMutator([CorpusFile.Named(name).Bytes], random);
        for (var i = 0; i < 300; i++)
        {
            var wire = mutator.Next();
            Assert.True(
                HelloOracle.FaultOf(wire, random) is not { } fault, $"{HelloOracle.FaultOf(wire, random)}: {Convert.ToHexString(wire)}");
        }
    }
}
