using System.Diagnostics;
using System.Globalization;

namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>So many files, each read as <c>check</c> reads it; ends at the first finding.</summary>
internal static class ConfigurationRun
{
    /// <summary>The exit code: 0 when nothing was found.</summary>
    public static int Run(long files, int seed)
    {
        var began = Stopwatch.GetTimestamp();
        var finding = Find(files, seed);
        Console.WriteLine(finding ?? "no finding");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"files={files} seed={seed} findings={(finding is null ? 0 : 1)} seconds={Stopwatch.GetElapsedTime(began).TotalSeconds:0.0}"));
        return finding is null ? 0 : 1;
    }

    /// <summary>The first finding; null: there was none.</summary>
    public static string? Find(long files, int seed)
    {
        var folder = Directory.CreateTempSubdirectory("haproxynet-fuzz-").FullName;
        try
        {
            var mutator = new ConfigurationMutator(new Random(seed), 5050, 6060, 5051);
            for (var i = 0L; i < files; i++)
            {
                var input = mutator.Next();
                if (Try(input, Path.Combine(folder, "haproxynet.json")) is { } found)
                {
                    return $"FOUND in file {i} of seed {seed}: {found}\n{input}";
                }
            }

            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Try(FuzzedConfiguration input, string path)
    {
        try
        {
            return ConfigurationOracle.FaultOf(input, path);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault.ToString();
        }
    }
}
