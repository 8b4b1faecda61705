using System.Diagnostics;

namespace HaProxyNet.FunctionalTests.Hosting;

/// <summary>The packages can be used: the sample builds against them, from a folder that is their feed, outside the repository.</summary>
public sealed class EmbeddedSample : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-embedded-");

    /// <summary>No two runs have the same, so none finds an older one's package.</summary>
    private readonly string _version = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmss}.{Environment.ProcessId}";

    [Fact]
    public async Task EmbeddedSample_AgainstThePackages_Builds()
    {
        var feed = Path.Combine(_folder.FullName, "feed");
        foreach (var project in (string[])["HaProxyNet.Transport", "HaProxyNet.Control", "HaProxyNet"])
        {
            await DotnetAsync(
                "pack", Path.Combine(Repository(), "src", project), "-c", Configuration, "-o", feed, $"-p:Version={_version}");
        }

        var sample = Path.Combine(_folder.FullName, "Embedded");
        Directory.CreateDirectory(sample);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository(), "samples", "Embedded")))
        {
            File.Copy(file, Path.Combine(sample, Path.GetFileName(file)));
        }

        await DotnetAsync("build", sample, $"-p:HaProxyNetVersion={_version}", $"-p:RestoreAdditionalProjectSources={feed}",
            $"-p:RestorePackagesPath={Path.Combine(_folder.FullName, "packages")}",
            "-p:RestoreFallbackFolders="
                + $"{Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages")}");

        Assert.True(File.Exists(Path.Combine(sample, "bin", "Debug", "net10.0", "HaProxyNet.Transport.dll")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HaProxyNet.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    private static async Task DotnetAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "--nologo", "-v", "quiet", "-nodeReuse:false"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}{await error}");
    }
}
