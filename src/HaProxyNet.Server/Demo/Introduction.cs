using System.Globalization;

namespace HaProxyNet.Server.Demo;

/// <summary>What the demo shows, and what it does not.</summary>
internal static class Introduction
{
    /// <summary>Lines of at most 80 columns.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        $"A client, the proxy and two agents in this process, on real sockets. {DemoSettings.Rate} RPCs a second;",
        $"the primary refuses connects for {Seconds(OutageScript.Down)}, accepts for {Seconds(OutageScript.Up)}, and so on. Shows: no RPC is",
        "lost and none executed twice, by the client's and the agents' own counts. Does not",
        "show: an agent that dies with RPCs in hand (they are lost, never sent again), or",
        $"one that vanishes without a word. Health.DownInterval is {Seconds(DemoConfiguration.DownInterval)} here; 1 s by default.",
    ];

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");
}
