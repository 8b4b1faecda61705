using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>Makes the proxy under test from the sources beside this harness.</summary>
internal static class ProxyBuild
{
    private static readonly string[] _executableNames = ["haproxynet", "HaProxyNet.Server"];

    /// <summary>Publishes the server, framework-dependent, in Release.</summary>
    /// <returns>The executable.</returns>
    public static async Task<string> PublishAsync(string repository, string folder, CancellationToken cancellation)
    {
        var project = Path.Combine(repository, "src", "HaProxyNet.Server");
        (await Tool.RunAsync([], "dotnet", ["publish", project, "-c", "Release", "-o", folder, "-v", "quiet", "--nologo"], cancellation))
            .Expect("dotnet publish src/HaProxyNet.Server");
        return _executableNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new ComparisonException($"dotnet publish src/HaProxyNet.Server left no executable named {string.Join(" or ", _executableNames)}.");
    }

    /// <summary>The root of the repository, looked for upward from here and from the harness.</summary>
    public static string FindRepository()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "HaProxyNet.sln")))
                {
                    return folder.FullName;
                }
            }
        }

        throw new ComparisonException("HaProxyNet.sln was not found above the current folder: run from a clone, or give --proxy PATH.");
    }
}
