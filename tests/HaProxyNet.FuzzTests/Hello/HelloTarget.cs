using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>A TLS client's first message.</summary>
internal sealed class HelloTarget : IFuzzTarget
{
    public string Name => "hello";

    public IReadOnlyList<string> Ends { get; } = Enum.GetNames<HelloStatus>();

    public Func<byte[]> Inputs(IReadOnlyList<byte[]> corpus, Random random) => new HelloMutator(corpus, random).Next;

    public int Parse(ReadOnlySpan<byte> wire) => (int)HelloParser.Parse(wire).Status;

    public string? FaultOf(ReadOnlySpan<byte> wire, Random random) => HelloOracle.FaultOf(wire, random);

    public string Describe(ReadOnlySpan<byte> wire)
    {
        var result = HelloParser.Parse(wire);
        return ReferenceResult.Of(result).Text + result.Status switch
        {
            HelloStatus.Complete => "",
            HelloStatus.NeedMore => $" at_least={result.AtLeast}",
            _ => $" {result.Fault}",
        };
    }
}
