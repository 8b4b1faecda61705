using System.CommandLine;
using HaProxyNet.Configuration;
using HaProxyNet.StressTests.Planning;

namespace HaProxyNet.StressTests;

/// <summary>The command line.</summary>
internal static class StressCommand
{
    private const string Both = nameof(Both);

    private static readonly Option<TimeSpan> _duration = new("--duration")
    {
        Description = "How long new connections are started, for each engine (hh:mm:ss).",
        DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
    };
    private static readonly Option<long> _connections = new("--connections")
    {
        Description = "The most connections, for each engine.",
        DefaultValueFactory = _ => long.MaxValue,
    };
    private static readonly Option<int> _concurrency = new("--concurrency")
    {
        Description = "Connections at once.",
        DefaultValueFactory = _ => 48,
    };
    private static readonly Option<int> _seed = new("--seed")
    {
        Description = "The same seed makes the same plan for each connection number.",
        DefaultValueFactory = _ => Random.Shared.Next(),
    };
    private static readonly Option<long> _first = new("--first")
    {
        Description = "The number of the first connection, to repeat one that failed.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string> _engine = new("--engine")
    {
        Description = "The engine under stress.",
        DefaultValueFactory = _ => Both,
    };
    private static readonly Option<Scenario?> _only = new("--only") { Description = "The only scenario." };

    /// <summary>Builds it.</summary>
    public static RootCommand Build()
    {
        _engine.AcceptOnlyFromAmong(nameof(EngineKind.Reactor), nameof(EngineKind.Managed), Both);
        var root = new RootCommand("Random lives of connections through the proxy, each byte and each end of which is verified.")
        {
            _duration, _connections, _concurrency, _seed, _first, _engine, _only,
        };
        root.SetAction((parsed, cancellation) => StressSession.RunAsync(Read(parsed), cancellation));
        return root;
    }

    private static StressOptions Read(ParseResult parsed)
        => new(
            parsed.GetValue(_engine) is Both
                ? [EngineKind.Reactor, EngineKind.Managed]
                : [Enum.Parse<EngineKind>(parsed.GetValue(_engine)!)],
            parsed.GetValue(_duration),
            parsed.GetValue(_connections),
            parsed.GetValue(_concurrency),
            parsed.GetValue(_seed),
            parsed.GetValue(_first),
            parsed.GetValue(_only));
}
