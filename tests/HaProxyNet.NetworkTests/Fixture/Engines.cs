namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>The engines that every scenario runs on; the test's name shows which.</summary>
public static class Engines
{
    public const string Reactor = "Reactor";
    public const string Managed = "Managed";

    public static TheoryData<string> All => [Reactor, Managed];
}
