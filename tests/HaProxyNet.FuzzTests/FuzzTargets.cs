using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.FuzzTests.ProxyHeader;

namespace HaProxyNet.FuzzTests;

/// <summary>The parsers that are fuzzed.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<IFuzzTarget> All { get; } = [new HelloTarget(), new HeaderTarget()];

    /// <summary>The one of this name.</summary>
    public static IFuzzTarget Named(string name) => All.Single(target => target.Name == name);
}
