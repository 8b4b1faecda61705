using System.CommandLine;
using HaProxyNet.FuzzTests.Configurations;

namespace HaProxyNet.FuzzTests;

/// <summary>The command line.</summary>
internal static class FuzzCommand
{
    private static readonly Option<long> _executions = new("--executions")
    {
        Description = "How many inputs.",
        DefaultValueFactory = _ => 1_000_000,
    };
    private static readonly Option<int> _seed = new("--seed")
    {
        Description = "The same seed makes the same inputs.",
        DefaultValueFactory = _ => Random.Shared.Next(),
    };
    private static readonly Option<int> _workers = new("--workers")
    {
        Description = "Threads.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
    };

    private static readonly Option<string> _target = new("--target")
    {
        Description = "Which parser: hello (TLS) or proxy (PROXY protocol).",
        DefaultValueFactory = _ => "hello",
    };

    private static readonly Option<long> _files = new("--files") { Description = "How many files.", DefaultValueFactory = _ => 100_000 };

    private static readonly Option<bool> _guided = new("--guided")
    {
        Description = "Inputs that take new branches become part of the corpus of this run; needs the counters of SharpFuzz (README.md).",
    };

    /// <summary>Builds it.</summary>
    public static RootCommand Build()
    {
        _target.AcceptOnlyFromAmong([.. FuzzTargets.All.Select(target => target.Name)]);
        var root = new RootCommand("Inputs that nearly are what a parser reads, each checked against what must be true of it.")
        {
            _target, _executions, _seed, _workers, _guided,
        };
        root.SetAction(parsed => parsed.GetValue(_guided)
            ? GuidedRun.Run(FuzzTargets.Named(parsed.GetValue(_target)!), parsed.GetValue(_executions), parsed.GetValue(_seed))
            : FuzzRun.Run(
                FuzzTargets.Named(parsed.GetValue(_target)!),
                parsed.GetValue(_executions),
                parsed.GetValue(_seed),
                parsed.GetValue(_workers)));
        var corpus = new Command("corpus", "What the parser makes of each file of the corpus.");
        corpus.SetAction(parsed =>
        {
            foreach (var file in FuzzTargets.All.SelectMany(target => CorpusFile.All(target.Name)))
            {
                Console.WriteLine($"{file.Name}: {file.Result()}");
            }
        });
        root.Add(corpus);
        var check = new Command("check", "Files that nearly are configurations, read as check reads them.") { _files, _seed };
        check.SetAction(parsed => ConfigurationRun.Run(parsed.GetValue(_files), parsed.GetValue(_seed)));
        root.Add(check);
        var reload = new Command("reload", "The same files, each saved over the configuration of a running proxy.") { _files, _seed };
        reload.SetAction(parsed => ReloadRun.RunAsync(parsed.GetValue(_files), parsed.GetValue(_seed)));
        root.Add(reload);
        return root;
    }
}
