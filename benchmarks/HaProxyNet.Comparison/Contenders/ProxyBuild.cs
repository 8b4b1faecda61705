using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>Makes the proxy under test from the sources next to this harness.</summary>
internal static class ProxyBuild
{
    private static readonly string[] _executableNames = ["haproxynet", "HaProxyNet.Server"];

    /// <summary>
    /// Publishes the server as the Dockerfile does: one native executable. Where the linker for that is missing (clang or gcc, and zlib's
    /// headers), it is published for the installed runtime, whose compiler then shares the proxy's CPUs.
    /// </summary>
    /// <param name="repository">The root of the sources.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="tell">Hears when it is not native.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The executable.</returns>
    public static async Task<string> PublishAsync(string repository, string folder, Action<string> tell, CancellationToken cancellation)
    {
        var project = Path.Combine(repository, "src", "HaProxyNet.Server");
        string[] publish = ["publish", project, "-c", "Release", "-o", folder, "-v", "quiet", "--nologo"];
        var native = await Tool.RunAsync(
            [], "dotnet", [.. publish, "--use-current-runtime", "-p:PublishAot=true", "-p:StripSymbols=true"], cancellation);
        if (native.ExitCode != 0)
        {
            tell("No native executable (that needs clang or gcc, and zlib1g-dev): HaProxyNet runs on the installed .NET runtime, and its "
                + "warm-up is in the figures.");
            (await Tool.RunAsync([], "dotnet", publish, cancellation)).Expect("dotnet publish src/HaProxyNet.Server");
        }

        return _executableNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists)
            ?? throw new ComparisonException(
                $"dotnet publish src/HaProxyNet.Server left no executable named {string.Join(" or ", _executableNames)}.");
    }

    /// <summary>Whether an executable is native: one for the runtime has the assembly next to it.</summary>
    public static bool IsNative(string program)
        => Path.GetExtension(program) != ".dll"
            && !File.Exists(Path.Combine(Path.GetDirectoryName(program) ?? "", "HaProxyNet.Server.dll"));

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
