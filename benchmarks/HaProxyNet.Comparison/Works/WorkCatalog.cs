using HaProxyNet.Comparison.Failover;
using HaProxyNet.Comparison.Works.Own;

namespace HaProxyNet.Comparison.Works;

/// <summary>The works by name. A new one is a class and a line here.</summary>
internal static class WorkCatalog
{
    private static readonly IWork[] _works =
    [
        new HttpWork("rpc", connectionPerRequest: true),
        new HttpWork("kept", connectionPerRequest: false),
        new BulkWork(),
        new IdleWork(),
        new StartWork(),
        new FailoverWork(),
        new TlsRpcWork(),
        new TlsBulkWork(),
        new TlsIdleWork(),
        new LargeWork(),
        new DownWork(),
        new ObservedWork(),
        new FirstFailoverWork(),
        new FrontedRpcWork(),
    ];

    /// <summary>All names, in the order of the tables.</summary>
    public static IReadOnlyList<string> Names => [.. _works.Select(work => work.Name)];

    /// <summary>Those that the peers do as well.</summary>
    public static IReadOnlyList<string> Compared => [.. _works.Where(work => !work.IsOurs).Select(work => work.Name)];

    /// <summary>The work of this name.</summary>
    /// <exception cref="ComparisonException">There is none.</exception>
    public static IWork Find(string name) =>
        Array.Find(_works, work => work.Name == name)
        ?? throw new ComparisonException($"--work: {name} is not known; allowed are {string.Join(", ", Names)}.");
}
