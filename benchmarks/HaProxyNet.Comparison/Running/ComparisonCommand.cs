using System.CommandLine;
using System.Globalization;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Running;

/// <summary>The command line.</summary>
internal static class ComparisonCommand
{
    private static readonly Option<string> Work = new("--work") { Description = $"Works, by comma: {string.Join(',', WorkCatalog.Names)}.", DefaultValueFactory = _ => string.Join(',', WorkCatalog.Names) };
    private static readonly Option<string> Peers = new("--peers") { Description = "Products to compare with, by comma: haproxy,nginx.", DefaultValueFactory = _ => "haproxy,nginx" };
    private static readonly Option<string> Out = new("--out") { Description = "Folder for comparison.md, .json and .svg.", DefaultValueFactory = _ => "benchmarks/results" };
    private static readonly Option<string> Name = new("--name") { Description = "Name of the files in --out.", DefaultValueFactory = _ => "comparison" };
    private static readonly Option<int> Rounds = new("--rounds") { Description = "Rounds of every work; at least 5 for a table that is committed.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> Seconds = new("--seconds") { Description = "Length of one measurement.", DefaultValueFactory = _ => 5 };
    private static readonly Option<double> WarmUp = new("--warm-up") { Description = "Seconds of load before each measurement that are not counted.", DefaultValueFactory = _ => 3 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads (or workers) of every contender.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Proxy = new("--proxy") { Description = "An already built HaProxyNet (executable or .dll) in place of publishing src/HaProxyNet.Server; 'none': peers only." };
    private static readonly Option<string> Engine = new("--engine") { Description = "HaProxyNet's transport engine.", DefaultValueFactory = _ => HaProxyNetContender.DefaultEngine };
    private static readonly Option<string[]> PeerFile = new("--peer-file") { Description = "A further peer configuration to try: haproxy=FILE or nginx=FILE.", DefaultValueFactory = _ => [] };
    private static readonly Option<string?> AllowedCpus = new("--allowed-cpus") { Hidden = true };

    /// <summary>Builds it.</summary>
    public static RootCommand Build()
    {
        Engine.AcceptOnlyFromAmong(HaProxyNetContender.DefaultEngine, "Reactor", "Managed");
        Rounds.Validators.Add(result => AtLeast(result, 1));
        Threads.Validators.Add(result => AtLeast(result, 1));
        Proxy.Recursive = Engine.Recursive = Threads.Recursive = PeerFile.Recursive = AllowedCpus.Recursive = true;
        var root = new RootCommand("HaProxyNet beside HAProxy and nginx: the same works, in turn, on this machine.") { Work, Peers, Out, Name, Rounds, Seconds, WarmUp, Threads, Proxy, Engine, PeerFile, AllowedCpus };
        root.SetAction((parsed, cancellation) => RunAsync(() => ComparisonSession.RunAsync(Read(parsed), parsed.GetValue(Out)!, parsed.GetValue(Name)!, cancellation)));
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
        Works = Split(parsed.GetValue(Work)),
        Peers = Split(parsed.GetValue(Peers)),
        PeerFiles = parsed.GetValue(PeerFile) ?? [],
        Rounds = parsed.GetValue(Rounds),
        Duration = TimeSpan.FromSeconds(parsed.GetValue(Seconds)),
        WarmUp = TimeSpan.FromSeconds(parsed.GetValue(WarmUp)),
        Threads = parsed.GetValue(Threads),
        ProxyPath = parsed.GetValue(Proxy) is { } path and not "none" ? Path.GetFullPath(path) : null,
        Engine = parsed.GetValue(Engine)!,
        WithProxy = parsed.GetValue(Proxy) != "none",
        AllowedCpus = parsed.GetValue(AllowedCpus),
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
        if (int.TryParse(result.Tokens.Count > 0 ? result.Tokens[0].Value : "1", CultureInfo.InvariantCulture, out var value) && value < least)
        {
            result.AddError($"{result.Option.Name}: at least {least}.");
        }
    }

    private static string[] Split(string? list) => (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
