namespace HaProxyNet.Server.Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Listen">Where the proxy listens; null: the usual port, or a free one.</param>
/// <param name="Admin">Where metrics and status are served; null: the usual port, or a free one.</param>
/// <param name="Duration">When to end; null: on Ctrl-C.</param>
internal sealed record DemoSettings(string? Listen, string? Admin, TimeSpan? Duration)
{
    /// <summary>RPCs a second.</summary>
    public const int Rate = 60;

    /// <summary>A demo without an end ends all the same after this: the ledger of requests grows with every one of them.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromHours(8);
}
