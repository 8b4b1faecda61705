using HaProxyNet.Management.History.Keeping;
using HaProxyNet.Tests.State;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Management.History.Keeping;

public sealed class DestinationFiguresTests
{
    private readonly HaProxyNet.State.Destination _destination = Destinations.Create("primary");

    /// <summary>Asked every second, of every destination.</summary>
    [Fact]
    public void Read_NothingCame_IsTheSameObject()
    {
        var figures = new DestinationFigures(_destination);
        _destination.Connects.Failed(ConnectStatus.Refused);
        figures.Begin();

        var quiet = figures.Read();

        Assert.Same(quiet, figures.Read());
        Assert.Equal((0, 0, null, null), (quiet.Connected, quiet.In, quiet.Wait, quiet.Failures));
    }

    [Fact]
    public void Read_SomethingCame_IsWhatCameSinceTheBegin()
    {
        var figures = new DestinationFigures(_destination);
        Use();
        figures.Begin();
        Use();

        var minute = figures.Read();

        Assert.Equal((1, 10, 20, 1), (minute.Connected, minute.In, minute.Out, minute.Failures?["refused"]));
        Assert.Equal(minute.Wait, minute.Call);
        Use();
        Assert.Equal(2, figures.Read().Connected);
    }

    [Fact]
    public void Read_OpenedOrDown_IsSaid()
    {
        var figures = new DestinationFigures(_destination);
        figures.Begin();
        var quiet = figures.Read();

        _destination.Traffic(0).Open();
        Assert.Equal(1, figures.Read().Open);
        _destination.Condition = _destination.Condition with { State = DestinationStatus.Down };

        Assert.Equal("down", figures.Read().State);
        Assert.Null(quiet.State);
    }

    private void Use()
    {
        _destination.Waits.Add(TimeSpan.FromMilliseconds(3));
        _destination.Calls.Add(TimeSpan.FromMilliseconds(3));
        _destination.Connects.Failed(ConnectStatus.Refused);
        var traffic = _destination.Traffic(0);
        traffic.Open();
        traffic.Close(ConnectionOutcome.Completed, 10, 20);
    }
}
