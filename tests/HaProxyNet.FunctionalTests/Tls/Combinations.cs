using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Every engine with every combination of sides that has TLS.</summary>
public sealed class Combinations : TheoryData<EngineKind, Wires>
{
    public Combinations()
    {
        foreach (var engine in new Engines())
        {
            foreach (var wires in Enum.GetValues<Wires>())
            {
                Add(engine.Data, wires);
            }
        }
    }
}
