using System.Runtime.InteropServices;
using HaProxyNet.State;

namespace HaProxyNet.Failover;

/// <summary>All that the choice of the active destination depends on.</summary>
/// <param name="Contenders">The destinations in order of preference.</param>
/// <param name="Active">The name of the one that is active now; none when no one is.</param>
/// <param name="Pinned">The name of the one that an operator has switched to; null: nobody did.</param>
/// <param name="GoBackNow">An operator asks for the failback.</param>
/// <param name="Now">The time, as a timestamp.</param>
/// <param name="LocalTime">The time, as the clock on the wall shows it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Situation(
    IReadOnlyList<Contender> Contenders, string? Active, string? Pinned, bool GoBackNow, long Now, DateTime LocalTime);
