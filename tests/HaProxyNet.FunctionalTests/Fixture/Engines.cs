using HaProxyNet.Configuration;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>The engines that every scenario runs on: the test's name shows which. A further engine is one more line here.</summary>
public sealed class Engines : TheoryData<EngineKind>
{
    public Engines()
    {
        Add(EngineKind.Managed);
        if (OperatingSystem.IsLinux())
        {
            Add(EngineKind.Reactor);
        }
    }
}
