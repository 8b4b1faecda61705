namespace HaProxyNet.Server.Demo;

/// <summary>The demo where there is no terminal: a line a second, and a line an event.</summary>
internal sealed class LinesView(TextWriter output, string title) : IDemoView
{
    private TimeSpan _nextLine;

    public async Task ShowAsync(DemoObserver observer, Task end, TimeSpan interval, TimeProvider time)
    {
        output.WriteLine(title);
        while (!end.IsCompleted)
        {
            Write(observer.Look());
            await Task.WhenAny(end, Task.Delay(interval, time));
        }
    }

    public void End(DemoSnapshot last) => Write(last);

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

        _nextLine = now.Elapsed + TimeSpan.FromSeconds(1);
        var active = now.Agents.FirstOrDefault(a => a.IsActive)?.Name ?? "none";
        output.WriteLine(
            $"{now.Elapsed.TotalSeconds,8:0.000}  sent={now.Load.Sent} ok={now.Load.Ok} failed={now.Load.Failed} active={active} "
            + string.Join(' ', now.Agents.Select(a => $"{a.Name}={a.Requests}")));
    }
}
