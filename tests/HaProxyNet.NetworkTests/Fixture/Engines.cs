namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>
/// The engines that every scenario runs on; the test's name shows which. HAPROXYNET_TEST_ENGINE leaves one, for a scenario that lasts.
/// </summary>
public static class Engines
{
    public const string Reactor = "Reactor";
    public const string Managed = "Managed";

    public static TheoryData<string> All
        => Environment.GetEnvironmentVariable("HAPROXYNET_TEST_ENGINE") is { Length: > 0 } one ? [one] : [Reactor, Managed];
}
