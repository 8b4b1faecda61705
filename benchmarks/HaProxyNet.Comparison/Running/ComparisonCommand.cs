using System.CommandLine;
using System.Globalization;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Running;

/// <summary>The command line.</summary>
internal static class ComparisonCommand
{
    private static readonly Option<string> _work = new("--work")
    {
        Description = $"Works, by comma: {string.Join(',', WorkCatalog.Names)}.",
        DefaultValueFactory = _ => string.Join(',', WorkCatalog.Compared),
    };
    private static readonly Option<string> _peers = new("--peers")
    {
        Description = "Products to compare with, by comma: haproxy,nginx.",
        DefaultValueFactory = _ => "haproxy,nginx",
    };
    private static readonly Option<string> _out = new("--out")
    {
        Description = "Folder for comparison.md, .json and .svg.",
        DefaultValueFactory = _ => "benchmarks/results",
    };
    private static readonly Option<string> _name = new("--name")
    {
        Description = "Name of the files in --out.",
        DefaultValueFactory = _ => "comparison",
    };
    private static readonly Option<int> _rounds = new("--rounds")
    {
        Description = "Rounds of every work; at least 5 for a table that is committed.",
        DefaultValueFactory = _ => 5,
    };
    private static readonly Option<double> _seconds = new("--seconds")
    {
        Description = "Length of one measurement.",
        DefaultValueFactory = _ => 3,
    };
    private static readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "Seconds of load before each measurement that are not counted.",
        DefaultValueFactory = _ => 2,
    };
    private static readonly Option<int> _threads = new("--threads")
    {
        Description = "Threads (or workers) of every contender.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string?> _proxy = new("--proxy")
    {
        Description = "An already built HaProxyNet (executable or .dll) in place of publishing src/HaProxyNet.Server; 'none': peers only.",
    };
    private static readonly Option<string?> _before = new("--before")
    {
        Description = "An earlier build of HaProxyNet (executable or .dll) as one more peer: before and after a change, in turn.",
    };
    private static readonly Option<string> _engine = new("--engine")
    {
        Description = "HaProxyNet's transport engine.",
        DefaultValueFactory = _ => HaProxyNetContender.DefaultEngine,
    };
    private static readonly Option<string[]> _peerFile = new("--peer-file")
    {
        Description = "A further peer configuration to try: haproxy=FILE or nginx=FILE.",
        DefaultValueFactory = _ => [],
    };
    private static readonly Option<string?> _allowedCpus = new("--allowed-cpus") { Hidden = true };

    /// <summary>Builds it.</summary>
    public static RootCommand Build()
    {
        _engine.AcceptOnlyFromAmong(HaProxyNetContender.DefaultEngine, "Reactor", "Managed");
        _rounds.Validators.Add(result => AtLeast(result, 1));
        _threads.Validators.Add(result => AtLeast(result, 1));
        _proxy.Recursive = _before.Recursive = _engine.Recursive = _threads.Recursive = _peerFile.Recursive = _allowedCpus.Recursive = true;
        var root = new RootCommand("HaProxyNet next to HAProxy and nginx: the same works, in turn, on this machine.")
        {
            _work,
            _peers,
            _out,
            _name,
            _rounds,
            _seconds,
            _warmUp,
            _threads,
            _proxy,
            _before,
            _engine,
            _peerFile,
            _allowedCpus,
        };
        root.SetAction((parsed, cancellation) =>
            RunAsync(() => ComparisonSession.RunAsync(Read(parsed), parsed.GetValue(_out)!, parsed.GetValue(_name)!, cancellation)));
        root.Subcommands.Add(BuildAgent());
        root.Subcommands.Add(BuildFailoverCell());
        return root;
    }

    private static Command BuildAgent()
    {
        Argument<string> endpoint = new("endpoint");
        Argument<long> number = new("number");
        Argument<string> ledger = new("ledger");
        var command = new Command("agent") { endpoint, number, ledger };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => RunAsync(() =>
            FailoverProcesses.RunAgentAsync(parsed.GetValue(endpoint)!, parsed.GetValue(number), parsed.GetValue(ledger)!, cancellation)));
        return command;
    }

    private static Command BuildFailoverCell()
    {
        Argument<string> contender = new("contender");
        Argument<string> fault = new("fault");
        var command = new Command("failover-cell") { contender, fault };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) => RunAsync(() =>
            FailoverProcesses.RunCellAsync(Read(parsed), parsed.GetValue(contender)!, parsed.GetValue(fault)!, cancellation)));
        return command;
    }

    private static ComparisonOptions Read(ParseResult parsed) => new()
    {
        Works = Split(parsed.GetValue(_work)),
        Peers = Split(parsed.GetValue(_peers)),
        PeerFiles = parsed.GetValue(_peerFile) ?? [],
        Rounds = parsed.GetValue(_rounds),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
        Threads = parsed.GetValue(_threads),
        ProxyPath = parsed.GetValue(_proxy) is { } path and not "none" ? Path.GetFullPath(path) : null,
        BeforePath = parsed.GetValue(_before) is { } before ? Path.GetFullPath(before) : null,
        Engine = parsed.GetValue(_engine)!,
        WithProxy = parsed.GetValue(_proxy) != "none",
        AllowedCpus = parsed.GetValue(_allowedCpus),
    };

    private static async Task<int> RunAsync(Func<Task> action)
    {
        try
        {
            await action();
            return 0;
        }
        catch (ComparisonException fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }

    private static void AtLeast(System.CommandLine.Parsing.OptionResult result, int least)
    {
        if (int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "1", CultureInfo.InvariantCulture, out var value)
            && value < least)
        {
            result.AddError($"{result.Option.Name}: at least {least}.");
        }
    }

    private static string[] Split(string? list)
        => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
