using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Every engine with every combination of sides that has TLS.</summary>
public sealed class Combinations : TheoryData<TlsStack, Wires>
{
    public Combinations()
    {
        foreach (var engine in new TlsStacks())
        {
            foreach (var wires in Enum.GetValues<Wires>())
            {
                Add(engine.Data, wires);
            }
        }
    }
}
