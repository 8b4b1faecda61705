using Spectre.Console;

namespace HaProxyNet.Server.Demo;

/// <summary>The demo in a terminal: one picture, drawn anew four times a second.</summary>
internal sealed class LiveView(IAnsiConsole console) : IDemoView
{
    /// <summary>A column of the traffic's history; four make a second.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    public Task ShowAsync(DemoObserver observer, Task end, TimeProvider time)
    {
        var picture = new LivePicture(console.Profile.Width);
        return console.Live(new Text("")).AutoClear(false).Overflow(VerticalOverflow.Crop).StartAsync(async screen =>
        {
            while (!end.IsCompleted)
            {
                screen.UpdateTarget(picture.Draw(observer.Look()));
                await Task.WhenAny(end, Task.Delay(Interval, time));
            }

            screen.UpdateTarget(picture.Draw(observer.Look()));
        });
    }
}
