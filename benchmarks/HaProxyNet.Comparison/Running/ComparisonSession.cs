using System.Globalization;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Running;

/// <summary>A whole run: checks, contenders, works, files.</summary>
internal static class ComparisonSession
{
    private const string ChartSuffix = ".svg";

    /// <summary>Runs it and writes the results.</summary>
    /// <exception cref="ComparisonException">Something is missing; the message says what.</exception>
    public static async Task RunAsync(ComparisonOptions options, string output, string name, CancellationToken cancellation)
    {
        var works = options.Works.Select(WorkCatalog.Find).ToList();
        ContenderCatalog.ExpectKnown(options.Peers);
        ExpectTools(works, options.Peers);
        options = options with { AllowedCpus = options.AllowedCpus ?? string.Join(',', CpuPlan.Allowed()) };
        var cpus = CpuPlan.ParseList(options.AllowedCpus);
        var plan = CpuPlan.Divide(cpus, options.Threads);
        using var folder = new ScratchFolder();
        options = await WithProxyBuiltAsync(options, folder, cancellation);
        await StayOnAsync(plan.Load, cancellation);
        var contenders = ContenderCatalog.All(options.Peers, options)
            .Where(contender => works.Exists(contender.Does)).ToList();
        var report = new ComparisonReport
        {
            Date = TimeProvider.System.GetUtcNow(),
            Machine = MachineFacts.Read(cpus.Count),
            Cpus = plan.Describe(),
            Versions = await ReadVersionsAsync(contenders, cancellation),
            Rounds = options.Rounds,
            Seconds = options.Duration.TotalSeconds,
            Threads = options.Threads,
            Command = CommandOf(options),
            Works = [],
        };

        var run = new ComparisonRun(new Bench(options, plan, folder.Path), contenders, Tell);
        foreach (var work in works)
        {
            report = report with { Works = [.. report.Works, await run.RunAsync(work, cancellation)] };

            // After every work: a long run that is interrupted has something to show.
            await WriteAsync(report, output, name, cancellation);
        }

        Tell($"Written: {Path.Combine(output, name)}.md, .json, {ChartSuffix}");
    }

    private static void ExpectTools(IEnumerable<IWork> works, IReadOnlyList<string> peers)
    {
        var missing = RequiredTools.MissingPackages(works.SelectMany(work => work.Tools).Concat(peers), peers.Contains("nginx"));
        if (missing.Count > 0)
        {
            throw new ComparisonException($"Missing: {string.Join(", ", missing)}. This command installs nothing; on Debian: apt-get "
                + $"install {string.Join(' ', missing)}");
        }
    }

    private static async Task<ComparisonOptions> WithProxyBuiltAsync(
        ComparisonOptions options,
        ScratchFolder folder,
        CancellationToken cancellation)
    {
        if (options.BeforePath is { } before && !File.Exists(before))
        {
            throw new ComparisonException($"--before {before}: there is no such file.");
        }

        if (!options.WithProxy || options.ProxyPath is not null)
        {
            return options.ProxyPath is null || File.Exists(options.ProxyPath)
                ? options
                : throw new ComparisonException($"--proxy {options.ProxyPath}: there is no such file.");
        }

        Tell("Publishing src/HaProxyNet.Server …");
        var published =
            await ProxyBuild.PublishAsync(ProxyBuild.FindRepository(), Path.Combine(folder.Path, "publish"), Tell, cancellation);
        return options with { ProxyPath = published };
    }

    // The harness itself must not run where the proxy is measured; threads to come inherit this.
    private static async Task StayOnAsync(IReadOnlyList<int> cpus, CancellationToken cancellation)
    {
        if (cpus.Count > 0)
        {
            (await Tool.RunAsync(
                [],
                "taskset",
                ["-a", "-c", "-p", string.Join(',', cpus), Environment.ProcessId.ToString(CultureInfo.InvariantCulture)],
                cancellation)).Expect("taskset");
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadVersionsAsync(
        IEnumerable<Contender> contenders,
        CancellationToken cancellation)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var contender in contenders)
        {
            versions[contender.Name] = await contender.ReadVersionAsync(cancellation);
        }

        return versions;
    }

    private static async Task WriteAsync(ComparisonReport report, string output, string name, CancellationToken cancellation)
    {
        Directory.CreateDirectory(output);
        var path = Path.Combine(output, name);
        await File.WriteAllTextAsync(path + ".md", MarkdownReport.Write(report, name + ChartSuffix), cancellation);
        await File.WriteAllTextAsync(path + ".json", JsonReport.Write(report), cancellation);
        await File.WriteAllTextAsync(path + ChartSuffix, SvgChart.Write(report), cancellation);
    }

    private static string CommandOf(ComparisonOptions options) =>
        "dotnet run -c Release --project benchmarks/HaProxyNet.Comparison -- " +
        $"--work {string.Join(',', options.Works)} --peers '{string.Join(',', options.Peers)}' --rounds {options.Rounds} " +
        string.Create(CultureInfo.InvariantCulture, $"--seconds {options.Duration.TotalSeconds:0.#} --warm-up "
            + $"{options.WarmUp.TotalSeconds:0.#} --threads {options.Threads} --engine {options.Engine}")
        + (options.BeforePath is null ? "" : " --before FILE");

    private static void Tell(string line) => Console.WriteLine($"{TimeProvider.System.GetLocalNow():HH:mm:ss} {line}");
}
