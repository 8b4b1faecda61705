using HaProxyNet.ProxyProtocol.Wire;

namespace HaProxyNet.FuzzTests.ProxyHeader;

/// <summary>A header of the PROXY protocol.</summary>
internal sealed class HeaderTarget : IFuzzTarget
{
    public string Name => "proxy";

    public IReadOnlyList<string> Ends { get; } = Enum.GetNames<ProxyHeaderStatus>();

    public Func<byte[]> Inputs(IReadOnlyList<byte[]> corpus, Random random) => new HeaderMutator(corpus, random).Next;

    public int Parse(ReadOnlySpan<byte> wire) => (int)ProxyHeaderParser.Parse(wire).Status;

    public string? FaultOf(ReadOnlySpan<byte> wire, Random random) => HeaderOracle.FaultOf(wire, random);

    public string Describe(ReadOnlySpan<byte> wire)
    {
        var result = ProxyHeaderParser.Parse(wire);
        return HeaderText.Of(result, wire) + result.Status switch
        {
            ProxyHeaderStatus.NeedMore => $" at_least={result.AtLeast}",
            ProxyHeaderStatus.Invalid => $" {result.Fault}",
            _ => "",
        };
    }
}
