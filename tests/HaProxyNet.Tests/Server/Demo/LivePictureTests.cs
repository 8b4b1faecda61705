using HaProxyNet.Server.Demo;
using Spectre.Console;

namespace HaProxyNet.Tests.Server.Demo;

public sealed class LivePictureTests
{
    private const int Width = 80;
    private const int Height = 24;

    [Fact]
    public void Draw_AfterALongTime_FitsTheSmallestTerminal()
    {
        var picture = new LivePicture(Width);
        for (var i = 0; i < 100; i++)
        {
            picture.Draw(Snapshot(i, $"Destination down: {new string('x', 100)} [red]"));
        }

        var lines = Lines(picture.Draw(Snapshot(100, "the last event")));

        Assert.InRange(lines.Length, 1, Height - 1);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, Width));
        Assert.Contains(lines, line => line.Contains("the last event", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("══▶ secondary", StringComparison.Ordinal));
    }

    private static DemoSnapshot Snapshot(int i, string happened) => new(
        TimeSpan.FromSeconds(i),
        "127.0.0.1:50500",
        DemoReportTests.Report(1_000_000 + i, 0, 0),
        [new AgentView("primary", IsListening: false, IsUp: false, IsActive: false, 10 * i), new AgentView(
            "secondary", IsListening: true, IsUp: true, IsActive: true, 20 * i)],
        [new DemoEvent(TimeSpan.FromSeconds(i), "proxy", happened, IsWarning: true)]);

    private static string[] Lines(Spectre.Console.Rendering.IRenderable picture)
    {
        using var written = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(written),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = true;
        console.Write(picture);
        return written.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
