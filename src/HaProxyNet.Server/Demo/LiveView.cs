using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaProxyNet.Server.Demo;

/// <summary>The demo in a terminal of 80 columns and 24 lines or more.</summary>
internal sealed class LiveView(string title) : IDemoView
{
    private const int EventsShown = 8;
    private const int Columns = 72;

    private readonly Queue<DemoEvent> _events = new();
    private readonly Queue<(long Primary, long Secondary)> _history = new();
    private long[] _before = [0, 0];

    public Task ShowAsync(DemoObserver observer, Task end, TimeSpan interval, TimeProvider time)
        => AnsiConsole.Live(new Text(title)).AutoClear(false).StartAsync(async screen =>
        {
            while (!end.IsCompleted)
            {
                screen.UpdateTarget(Draw(observer.Look()));
                await Task.WhenAny(end, Task.Delay(interval, time));
            }
        });

    public void End(DemoSnapshot last)
    {
    }

    private Rows Draw(DemoSnapshot now)
    {
        Remember(now);
        return new Rows(
            new Rule($"[bold]HaProxyNet demo[/]  {now.Elapsed:hh\\:mm\\:ss}  [grey]Ctrl-C ends[/]").LeftJustified(),
            Path(now),
            new Markup($"[grey]where the RPCs went, four columns a second:[/] [green]█[/] primary  [yellow]▒[/] secondary"),
            new Markup(History()),
            Totals(now),
            new Rule("[grey]what happened[/]").LeftJustified(),
            new Rows(_events.Select(e => (IRenderable)new Markup(Colour(e)).Overflow(Overflow.Ellipsis))));
    }

    private static Grid Path(DemoSnapshot now)
    {
        var grid = new Grid().AddColumns(5);
        foreach (var agent in now.Agents)
        {
            var first = ReferenceEquals(agent, now.Agents[0]);
            grid.AddRow(
                first ? $"client [grey]{DemoSettings.Rate} RPC/s[/]" : "",
                first ? "[grey]──▶[/] proxy" : "",
                agent.IsActive ? "[bold green]══▶[/]" : "[grey] · [/]",
                $"{(agent.IsActive ? "[bold]" : "[grey]")}{agent.Name}[/] [grey]{agent.Address}[/]",
                $"{(agent.IsListening ? "[green]accepts[/]" : "[red]refuses[/]")} {(agent.IsUp ? "[green]up[/]" : "[red]down[/]")} {agent.Requests} RPCs");
        }

        return grid;
    }

    private static Markup Totals(DemoSnapshot now)
    {
        var report = now.Report;
        return new Markup(
            $"rpcs [bold]{report.Rpcs}[/]  failed {Judge(report.Failed)}  duplicates {Judge(report.Duplicates)}  failovers [bold]{report.Failovers}[/]  "
            + $"failbacks [bold]{report.Failbacks}[/]  worst wait [bold]{report.WorstWait.TotalMilliseconds:0.0} ms[/]");
    }

    private static string Judge(long faults) => faults == 0 ? "[bold green]0[/]" : $"[bold red]{faults}[/]";

    private static string Colour(DemoEvent happened)
    {
        var text = Markup.Escape(happened.ToString());
        return happened.Text.StartsWith("script", StringComparison.Ordinal) ? $"[blue]{text}[/]" : text;
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

        _history.Enqueue((now.Agents[0].Requests - _before[0], now.Agents[1].Requests - _before[1]));
        _before = [now.Agents[0].Requests, now.Agents[1].Requests];
        while (_history.Count > Columns)
        {
            _history.Dequeue();
        }
    }

    private string History() => string.Concat(_history.Select(h => (h.Primary, h.Secondary) switch
    {
        (0, 0) => " ",
        var (primary, secondary) => primary >= secondary ? "[green]█[/]" : "[yellow]▒[/]",
    }));
}
