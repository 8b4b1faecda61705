using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaProxyNet.Server.Demo;

/// <summary>The path of the RPCs, their history, the totals and the last events, in 80 columns and 24 lines.</summary>
internal sealed class LivePicture(int width)
{
    private const int EventsShown = 8;
    private const int Label = 12;
    private const int Columns = 66;

    private readonly Queue<DemoEvent> _events = new();
    private readonly TrafficHistory[] _traffic = [new(Columns), new(Columns)];

    /// <summary>Takes in what is new, and draws.</summary>
    public IRenderable Draw(DemoSnapshot now)
    {
        Remember(now);
        return new Rows(
        [
            new Rule($"[bold]HaProxyNet demo[/]  {now.Elapsed:hh\\:mm\\:ss}  [grey]Ctrl-C ends it[/]").LeftJustified(),
            .. Introduction.Lines.Select(line => new Markup($"[grey]{Markup.Escape(line)}[/]")),
            new Rule().RuleStyle("grey"),
            Path(now),
            new Markup($"{"",Label}[grey]RPCs, four columns a second[/]"),
            .. now.Agents.Select((agent, index) => new Markup($"{agent.Name,-Label}[{Colour(index)}]{_traffic[index]}[/]")),
            Totals(now.Report),
            new Rule().RuleStyle("grey"),
            .. _events.Select(happened => new Markup(Line(happened))),
        ]);
    }

    private static Grid Path(DemoSnapshot now)
    {
        var grid = new Grid().AddColumns(3);
        foreach (var (index, agent) in now.Agents.Index())
        {
            grid.AddRow(
                index == 0 ? $"client ──▶ proxy {now.Proxy}" : "",
                agent.IsActive ? $"[bold {Colour(index)}]══▶[/] [bold]{agent.Name}[/]" : $"    [grey]{agent.Name}[/]",
                $"{(agent.IsListening ? "[green]accepts[/]" : "[red]refuses[/]")}, {(agent.IsUp ? "[green]up[/]  " : "[red]down[/]")} "
                    + $"{agent.Requests,7} RPCs");
        }

        return grid;
    }

    private static Markup Totals(DemoReport report) => new(
        $"rpcs [bold]{report.Rpcs}[/]  failed {Judge(report.Failed)}  duplicates {Judge(report.Duplicates)}  failovers "
            + $"[bold]{report.Failovers}[/]  "
        + $"failbacks [bold]{report.Failbacks}[/]  worst wait [bold]{report.Wait.Max.TotalMilliseconds:0.0} ms[/]");

    private static string Judge(long faults) => faults == 0 ? "[bold green]0[/]" : $"[bold red]{faults}[/]";

    private static string Colour(int agent) => agent == 0 ? "green" : "yellow";

    private string Line(DemoEvent happened)
    {
        var line = $"{happened.At.TotalSeconds,7:0.00}  {happened.Text}";
        var text = Markup.Escape(line.Length < width ? line : line[..(width - 2)] + '…');
        return happened switch
        {
            { By: "demo" } => $"[blue]{text}[/]",
            { IsWarning: true } => $"[yellow]{text}[/]",
            _ => text,
        };
    }

    private void Remember(DemoSnapshot now)
    {
        foreach (var happened in now.Events)
        {
            _events.Enqueue(happened);
        }

        while (_events.Count > EventsShown)
        {
            _events.Dequeue();
        }

        foreach (var (history, agent) in _traffic.Zip(now.Agents))
        {
            history.Add(agent.Requests);
        }
    }
}
