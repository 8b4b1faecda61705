using System.Net;
using HaProxyNet.Health.Methods;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class AddressRaceTests
{
    private static readonly IPEndPoint _a = IPEndPoint.Parse("10.0.0.1:5050");
    private static readonly IPEndPoint _b = IPEndPoint.Parse("10.0.0.2:5050");
    private static readonly IPEndPoint _c = IPEndPoint.Parse("10.0.0.3:5050");

    private readonly FakeTimeProvider _time = new();
    private readonly Dictionary<IPEndPoint, TaskCompletionSource<ProbeResult>> _answers = new()
    {
        [_a] = new(TaskCreationOptions.RunContinuationsAsynchronously),
        [_b] = new(TaskCreationOptions.RunContinuationsAsynchronously),
        [_c] = new(TaskCreationOptions.RunContinuationsAsynchronously),
    };

    private readonly List<IPEndPoint> _asked = [];

    [Fact]
    public async Task Run_TheFirstServes_NoOtherIsAsked()
    {
        _answers[_a].SetResult(ProbeResult.Success);

        var (answer, address) = await RunAsync();

        Assert.Equal((ProbeResult.Success, _a), (answer.Result, address!));
        Assert.Equal([_a], _asked);
    }

    [Fact]
    public async Task Run_APreferredOne_IsAskedFirst()
    {
        _answers[_c].SetResult(ProbeResult.Success);

        Assert.Equal(_c, (await RunAsync(preferred: _c)).Address);
        Assert.Equal([_c], _asked);
    }

    [Fact]
    public async Task Run_TheFirstIsSilent_TheOthersAreAskedAfterTheDelay()
    {
        var running = RunAsync();
        _answers[_c].SetResult(ProbeResult.Success);
        while (!running.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await Task.Yield();
        }

        Assert.Equal(_c, (await running).Address);
        Assert.Equal([_a, _b, _c], _asked);
    }

    [Fact]
    public async Task Run_OneFails_TheNextIsAskedAtOnce()
    {
        _answers[_a].SetResult(ProbeResult.Refused);
        _answers[_b].SetResult(ProbeResult.Success);

        Assert.Equal(_b, (await RunAsync()).Address);
    }

    [Theory]
    [InlineData(
        new[] { nameof(ProbeResult.TimedOut), nameof(ProbeResult.Refused), nameof(ProbeResult.Unreachable) }, nameof(ProbeResult.Refused))]
    [InlineData(
        new[] { nameof(ProbeResult.LocalFailure), nameof(ProbeResult.Unreachable), nameof(ProbeResult.TimedOut) },
        nameof(ProbeResult.TimedOut))]
    [InlineData(
        new[] { nameof(ProbeResult.TlsFailed), nameof(ProbeResult.Refused), nameof(ProbeResult.Closed) }, nameof(ProbeResult.TlsFailed))]
    [InlineData(
        new[] { nameof(ProbeResult.LocalFailure), nameof(ProbeResult.LocalFailure), nameof(ProbeResult.LocalFailure) },
        nameof(ProbeResult.LocalFailure))]
    public async Task Run_AllFail_TheStrongestAnswerWhateverItsPlace(string[] results, string expected)
    {
        foreach (var order in new[] { results, [.. results.Reverse()] })
        {
            var at = 0;
            foreach (var address in new[] { _a, _b, _c })
            {
                _answers[address] = new();
                _answers[address].SetResult(Enum.Parse<ProbeResult>(order[at++]));
            }

            var (answer, address2) = await RunAsync();

            Assert.Equal(expected, answer.Result.ToString());
            Assert.Null(address2);
        }
    }

    [Fact]
    public async Task Run_TheDeadlineComes_NothingMoreIsAsked()
    {
        using var deadline = new CancellationTokenSource();
        var running = RunAsync(deadline: deadline.Token);

        await deadline.CancelAsync();

        Assert.Equal(ProbeResult.TimedOut, (await running.WaitAsync(Asking.Bound)).Answer.Result);
        Assert.Equal([_a], _asked);
    }

    [Theory]
    [InlineData(3000, 1, 250)]
    [InlineData(3000, 2, 250)]
    [InlineData(3000, 300, 5)]
    [InlineData(100, 2, 25)]
    public void DelayWithin_AllAreAskedInTheFirstHalf(int timeout, int addresses, int expected)
        => Assert.Equal(expected, AddressRace.DelayWithin(TimeSpan.FromMilliseconds(timeout), addresses).TotalMilliseconds);

    private async Task<(ProbeAnswer Answer, IPEndPoint? Address)> RunAsync(
        IPEndPoint? preferred = null,
        CancellationToken deadline = default)
        => await new AddressRace(AskAsync, TimeSpan.FromMilliseconds(100), _time).RunAsync(
            new AddressOrder([_a, _b, _c], preferred), deadline);

    private async Task<ProbeAnswer> AskAsync(IPEndPoint address, CancellationToken deadline)
    {
        lock (_asked)
        {
            _asked.Add(address);
        }

        try
        {
            return new(await _answers[address].Task.WaitAsync(deadline));
        }
        catch (OperationCanceledException)
        {
            return new(ProbeResult.TimedOut);
        }
    }
}
