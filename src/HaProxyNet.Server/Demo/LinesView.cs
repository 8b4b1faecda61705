namespace HaProxyNet.Server.Demo;

/// <summary>The demo where there is no terminal: a line a second, and a line an event.</summary>
internal sealed class LinesView(TextWriter output) : IDemoView
{
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _line = TimeSpan.FromSeconds(1);
    private TimeSpan _nextLine;

    public async Task ShowAsync(DemoObserver observer, Task end, TimeProvider time)
    {
        foreach (var line in Introduction.Lines)
        {
            output.WriteLine(line);
        }

        while (!end.IsCompleted)
        {
            Write(observer.Look());
            await Task.WhenAny(end, Task.Delay(_look, time));
        }

        Write(observer.Look());
    }

    private void Write(DemoSnapshot now)
    {
        foreach (var happened in now.Events)
        {
            output.WriteLine(happened);
        }

        if (now.Elapsed < _nextLine)
        {
            return;
        }

        _nextLine = now.Elapsed + _line;
        var active = now.Agents.FirstOrDefault(a => a.IsActive)?.Name ?? "none";
        output.WriteLine(
            $"{now.Elapsed.TotalSeconds,8:0.000}  rpcs={now.Report.Rpcs} failed={now.Report.Failed} active={active} "
            + string.Join(' ', now.Agents.Select(a => $"{a.Name}={a.Requests}")));
    }
}
