using HaProxyNet.Configuration.Health;
using HaProxyNet.Health;
using HaProxyNet.Management.History.Keeping;
using HaProxyNet.Management.History.Records;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Management.History.Keeping;

/// <summary>A restart forgets neither how often a destination has flapped nor that it was held down.</summary>
public sealed class HoldDownMemoryTests
{
    private const long Frequency = 1000;
    private const long Now = 10_000_000;

    private static readonly HealthPolicy _policy = HealthPolicy.From(new HealthOptions(), Frequency);
    private static readonly DateTimeOffset _now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(true, 3, 20, 10, true, "Down 3")] // It flapped, and was down: it has to prove itself.
    [InlineData(true, 3, 20, 10, false, null)] // There is no other: it is tried.
    [InlineData(true, 3, 20, 400, true, null)] // That is long ago.
    [InlineData(true, 3, 20, -10, true, null)] // The clock was set back: nothing is known.
    [InlineData(true, 0, null, 10, true, null)] // It was simply down: it is tried.
    [InlineData(false, 2, 20, 10, true, "Up 2")] // It is up, and its next failure is a relapse.
    [InlineData(false, 2, 301, 10, true, null)] // It has proven itself.
    [InlineData(false, 2, -60, 10, true, null)]
    public void Restore_ByWhatWasNoted(bool isDown, int relapses, int? recoveredAgo, int notedAgo, bool othersCanServe, string? expected)
    {
        var note = new HealthNote("c", "d", isDown, "refused", relapses, recoveredAgo is { } ago ? _now.AddSeconds(-ago) : null);

        var known = HoldDownMemory.Restore(note, _now.AddSeconds(-notedAgo), _policy, othersCanServe, _now, Now, Frequency);

        Assert.Equal(expected, known is null ? null : $"{known.State} {known.Relapses}");
    }

    [Fact]
    public void Restore_AFailureFollows_HoldsDownForTwiceAsLong()
    {
        var flapped = DestinationCondition.Initial(Now - 5000) with { Relapses = 2, RecoveredAt = Now - 5000 };
        var note = HoldDownMemory.Note("c", "d", flapped, _now, TimeSpan.FromSeconds(5))!;

        var known = HoldDownMemory.Restore(note, _now, _policy, othersCanServe: true, _now.AddSeconds(2), Now + 2000, Frequency)!;
        var failed = HealthMachine.Next(known, Evidence.Failed(HealthReason.Refused, TimeSpan.Zero), _policy, isNeeded: false, Now + 3000);

        Assert.Equal((DestinationStatus.Down, 3), (failed.State, failed.Relapses));
    }

    [Fact]
    public void Note_NothingEverFailed_IsNone()
        => Assert.Null(HoldDownMemory.Note("c", "d", DestinationCondition.Initial(Now), _now, TimeSpan.Zero));
}
