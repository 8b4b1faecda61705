using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>Every engine, every point, and which side acts there.</summary>
public sealed class LifePoints : TheoryData<EngineKind, LifePoint, string>
{
    public LifePoints()
    {
        foreach (var engine in new Engines())
        {
            foreach (var point in Enum.GetValues<LifePoint>())
            {
                Add(engine.Data, point, nameof(RelaySide.Client));
                Add(engine.Data, point, nameof(RelaySide.Destination));
            }
        }
    }
}
