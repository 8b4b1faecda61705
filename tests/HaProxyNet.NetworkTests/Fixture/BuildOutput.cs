namespace HaProxyNet.NetworkTests.Fixture;

/// <summary>Finds what the same build made of other projects, so that a test starts what was just compiled.</summary>
internal static class BuildOutput
{
    public static string Proxy { get; } = Find("src/HaProxyNet.Server", "HaProxyNet.Server.dll");

    /// <summary>The native executable to test in the build's place: HAPROXYNET_NATIVE. Null: none is given.</summary>
    public static string? Native { get; } = Environment.GetEnvironmentVariable("HAPROXYNET_NATIVE") is { Length: > 0 } path ? path : null;

    /// <summary>The command that is the proxy.</summary>
    public static string[] ProxyCommand => Native is { } native ? [native] : ["dotnet", Proxy];

    public static string IqServicePair { get; } = Find("samples/IqServicePair", "IqServicePair.dll");

    /// <summary>A program that fails while it takes over, at the step that the variable HAPROXYNET_SABOTEUR names.</summary>
    public static string Saboteur { get; } = Find("tests/HaProxyNet.StressTests", "HaProxyNet.StressTests");

    /// <summary>A file of a sample, where the sources are.</summary>
    public static string Sample(string sample, string file) => Path.Combine(Root, "samples", sample, file);

    /// <summary>A file of the repository, such as <c>packaging/build.sh</c>.</summary>
    public static string Source(string path) => Path.Combine(Root, path);

    private static string Root
        => new DirectoryInfo(
            AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Parent!.Parent!.Parent!.Parent!.FullName;

    /// <summary>From <c>tests/X/bin/CONFIGURATION/FRAMEWORK</c> to <c>PROJECT/bin/CONFIGURATION/FRAMEWORK/FILE</c>.</summary>
    private static string Find(string project, string file)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var configuration = framework.Parent!;
        var path = Path.Combine(Root, project, "bin", configuration.Name, framework.Name, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"Build {project} first: there is no {path}.");
    }
}
