using CsCheck;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Scheduling;

/// <summary>Random traffic on a virtual clock; one unit of time is a second, and every probe succeeds.</summary>
public sealed class ProbeScheduleProperties
{
    private static readonly Gen<(ProbeMode Mode, long Interval, double Spread, long[] Gaps)> _days = Gen.Select(
        Gen.Enum<ProbeMode>(), Gen.Long[1, 60], Gen.Double[0, 1], Gen.Long[0, 120].Array[1, 40]);

    /// <summary>Traffic of one connection an interval, or more, keeps every probe away.</summary>
    [Fact]
    public void Decide_TrafficInEveryInterval_NoProbe()
        => Gen.Select(Gen.Long[20, 60], Gen.Double[0, 1], Gen.Double[0, 1].Array[1, 40]).Sample(
            (interval, spread, parts) =>
            {
                var gaps = parts.Select(part => (long)(part * interval)).ToArray();
                return Play(ProbeMode.WhenIdleOrDown, interval, spread, gaps).Count == 0;
            },
            iter: 2_000);

    /// <summary>
    /// Without traffic it is never silent for longer than the interval and its spread; and never asked twice within an interval.
    /// </summary>
    [Fact]
    public void Decide_AnyTraffic_ProvenOrAskedInTime() => _days.Sample(
        day =>
        {
            var probes = Play(day.Mode, day.Interval, day.Spread, day.Gaps);
            if (day.Mode is ProbeMode.Never or ProbeMode.WhenDown)
            {
                return probes.Count == 0;
            }

            var longest = (long)Math.Ceiling(day.Interval * 1.15) + 1;
            var proofs = day.Mode is ProbeMode.Always ? probes : [.. probes.Concat(Times(day.Gaps)).Order()];
            var end = Times(day.Gaps)[^1];
            return probes.Zip(probes.Skip(1)).All(p => p.Second - p.First >= day.Interval)
                && Gaps([.. proofs.Append(1).Append(end).Order()]).All(gap => gap <= longest);
        },
        iter: 2_000);

    private static List<long> Play(ProbeMode mode, long interval, double spread, long[] gaps)
    {
        var (policy, probes, times) = (ProbeScheduleTests.Policy(mode, interval), new List<long>(), Times(gaps).ToHashSet());
        var known = new ProbeSituation(
            DestinationStatus.Up, IsDisabled: false, HasFailed: false, Since: 1, LastProven: 0, LastProbed: 0, AddressesSince: 0, spread);
        for (var now = 1L; now <= times.Max(); now++)
        {
            known = times.Contains(now) ? known with { LastProven = now } : known;
            if (ProbeSchedule.Decide(known, policy, now, 1).Action is ProbeAction.Probe)
            {
                probes.Add(now);
                known = known with { LastProbed = now, LastProven = now };
            }
        }

        return probes;
    }

    private static IEnumerable<long> Gaps(List<long> times) => times.Zip(times.Skip(1), (first, second) => second - first);

    private static List<long> Times(long[] gaps)
    {
        var (now, times) = (1L, new List<long>());
        foreach (var gap in gaps)
        {
            times.Add(now += gap);
        }

        return times;
    }
}
