using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Transport;

public sealed class TimerWheelTests
{
    private readonly TimerWheel _wheel = new(ticksPerStep: 10, now: 1_000);

    [Fact]
    public void Advance_BeforeDue_DoesNotFire()
    {
        var target = Start(1_095);

        _wheel.Advance(1_094);
        Assert.Equal(0, target.Fired);

        // Rounded up to the step.
        _wheel.Advance(1_100);
        Assert.Equal(1, target.Fired);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Advance_FarBeyondTheWheel_FiresEachOnce()
    {
        var targets = Enumerable.Range(1, 2_000).Select(i => Start(1_000 + (i * 7))).ToList();

        _wheel.Advance(1_000_000);

        Assert.All(targets, t => Assert.Equal(1, t.Fired));
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void Advance_DueInALaterTurn_WaitsForIt()
    {
        var late = Start(1_000 + (512 * 10) + 50);

        _wheel.Advance(1_000 + 60);
        Assert.Equal(0, late.Fired);
        _wheel.Advance(1_000 + (512 * 10) + 50);
        Assert.Equal(1, late.Fired);
    }

    [Fact]
    public void Stop_BeforeDue_NeverFires()
    {
        var stopped = new Target();
        var timer = _wheel.Start(stopped, 1_050);
        var other = Start(1_050);

        _wheel.Stop(timer);
        _wheel.Advance(2_000);

        Assert.Equal((0, 1), (stopped.Fired, other.Fired));
    }

    [Fact]
    public void OnTimer_StartsItselfAgain_FiresWhenDueAgain()
    {
        var target = new Target();
        target.Then = () => _wheel.Start(target, 1_200);
        _wheel.Start(target, 1_100);

        _wheel.Advance(1_150);
        Assert.Equal(1, target.Fired);
        target.Then = null;
        _wheel.Advance(1_200);
        Assert.Equal(2, target.Fired);
    }

    [Fact]
    public void OnTimer_StopsAnotherOfTheSameStep_ThatOneDoesNotFire()
    {
        var victim = new Target();
        WheelTimer? timer = null;
        var killer = new Target();
        timer = _wheel.Start(victim, 1_100);
        killer.Then = () => _wheel.Stop(timer);
        _wheel.Start(killer, 1_100);

        _wheel.Advance(1_100);

        Assert.Equal((1, 0, 0), (killer.Fired, victim.Fired, _wheel.Count));
    }

    /// <summary>One of five that are due in the same step throws: the next call tells the others, and nobody twice.</summary>
    [Fact]
    public void Advance_OneThrows_TheOthersFireAtTheNextCall()
    {
        var targets = Enumerable.Range(0, 5).Select(_ => Start(1_100)).ToList();
        var later = Start(1_200);
        targets[2].Then = () => throw new InvalidOperationException("injected");

        Assert.Throws<InvalidOperationException>(() => _wheel.Advance(1_300));
        Assert.Same(targets[2], _wheel.LastFired);
        Assert.InRange(_wheel.NextDue(), 0, 1_100);
        _wheel.Advance(1_300);

        Assert.All([.. targets, later], target => Assert.Equal(1, target.Fired));
    }

    [Fact]
    public void NextDue_WithTimers_IsNeverLaterThanTheFirst()
    {
        Assert.Equal(long.MaxValue, _wheel.NextDue());
        Start(5_000);
        Start(1_333);

        Assert.InRange(_wheel.NextDue(), 1_001, 1_340);
    }

    private Target Start(long due)
    {
        var target = new Target();
        _wheel.Start(target, due);
        return target;
    }

    private sealed class Target : IWheelTarget
    {
        public int Fired { get; private set; }

        public Action? Then { get; set; }

        public void OnTimer()
        {
            Fired++;
            Then?.Invoke();
        }
    }
}
