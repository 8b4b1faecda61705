using System.Globalization;

namespace HaProxyNet.Server.Demo;

/// <summary>What the demo shows, and what it does not.</summary>
internal static class Introduction
{
    /// <summary>Lines of less than 80 columns.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        $"A client, the proxy and two agents in this process, on real sockets. {DemoSettings.Rate} RPC/s;",
        $"the primary refuses connects for {Seconds(OutageScript.Down)}, accepts for {Seconds(OutageScript.Up)}, and so on.",
        "Shown: no RPC is lost, none executed twice: counted at both ends.",
        "Not shown: an agent that dies with RPCs in hand (lost, and never sent again) or",
        $"vanishes without a word. Health.DownInterval is {Seconds(DemoConfiguration.DownInterval)} here, 1 s by default.",
    ];

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s");
}
