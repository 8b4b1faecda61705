namespace HaProxyNet.Comparison;

/// <summary>How this program starts itself again, for the parts that need a process of their own.</summary>
internal static class SelfInvocation
{
    /// <summary>What comes between the executable and its sub-command: this assembly, when dotnet is the executable.</summary>
    public static IReadOnlyList<string> Arguments { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [Path.Combine(AppContext.BaseDirectory, "HaProxyNet.Comparison.dll")]
            : [];
}
