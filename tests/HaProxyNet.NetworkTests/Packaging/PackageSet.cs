using System.Runtime.InteropServices;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Packaging;

[assembly: AssemblyFixture(typeof(PackageSet))]

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>
/// The packages, built once by <c>packaging/build.sh</c> when the first test asks. A native executable takes minutes, so without
/// HAPROXYNET_NATIVE a single file that needs this machine's runtime stands in for it; everything else is the same.
/// </summary>
public sealed class PackageSet : IDisposable
{
    /// <summary>The version that is installed first.</summary>
    public const string Old = "0.1.0";

    /// <summary>The one that replaces it.</summary>
    public const string New = "0.2.0";

    /// <summary>Where the stand-in finds the runtime that runs this test.</summary>
    private static readonly string _runtimes = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "../../.."));

    private static readonly TimeSpan _long = TimeSpan.FromMinutes(10);

    private readonly ScratchFolder _folder = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly HashSet<string> _built = new(StringComparer.Ordinal);
    private string? _executable;
    private CommandResult? _bootstrap;

    /// <summary>Whether it is the native executable.</summary>
    public static bool IsNative => BuildOutput.Native is not null;

    /// <summary>A package of a version; built when it is first asked for.</summary>
    /// <param name="part">The part of <c>build.sh --only</c>.</param>
    /// <param name="version">The version.</param>
    /// <param name="pattern">The file's name, as a pattern.</param>
    public async Task<string> GetAsync(string part, string version, string pattern)
    {
        await _turn.WaitAsync();
        try
        {
            var output = _folder.File(version);
            if (_built.Add($"{part} {version}"))
            {
                string[] build =
                [
                    $"DOTNET_ROOT={_runtimes}", "bash", BuildOutput.Source("packaging/build.sh"), "--executable", await ExecutableAsync(),
                    "--version", version, "--output", output, "--only", part,
                ];
                var result = await CommandResult.OfAsync(_long, "env", build);
                result.ExpectSuccess("packaging/build.sh");
            }

            return Assert.Single(Directory.GetFiles(output, pattern));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A copy of a Debian with nothing but its essentials, which debootstrap makes once from packages that it fetches.</summary>
    /// <param name="target">The folder to make.</param>
    public async Task CopyRootAsync(string target)
    {
        var debootstrap = Requirement.Command("debootstrap");
        await _turn.WaitAsync();
        try
        {
            var root = _folder.File("root");
            _bootstrap ??=
                await CommandResult.OfAsync(_long, debootstrap, "--variant=minbase", "--include=libssl3,libstdc++6", "bookworm", root);
            Assert.SkipUnless(_bootstrap.ExitCode == 0, $"needs a mirror of Debian: {_bootstrap.Output.Split('\n')[^1]}");
            (await CommandResult.OfAsync(_long, "cp", "-a", root, target)).ExpectSuccess("the copy of the root");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _folder.Dispose();
        _turn.Dispose();
    }

    private async Task<string> ExecutableAsync() => _executable ??= BuildOutput.Native ?? await PublishAsync();

    private async Task<string> PublishAsync()
    {
        var target = _folder.File("published");
        string[] publish =
        [
            "publish", BuildOutput.Source("src/HaProxyNet.Server"), "--nologo", "-v", "quiet", "-c", "Release", "-r", "linux-x64",
            "--no-self-contained", "-p:PublishSingleFile=true", "-p:DebugType=none", "-p:RunAnalyzers=false", "-o", target,
            "--artifacts-path", _folder.File("build"),
        ];
        (await CommandResult.OfAsync(_long, "dotnet", publish)).ExpectSuccess("dotnet publish");
        return Path.Combine(target, "haproxynet");
    }
}
