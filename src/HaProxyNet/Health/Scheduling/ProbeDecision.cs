using System.Runtime.InteropServices;

namespace HaProxyNet.Health.Scheduling;

/// <summary>What is to be done about a destination.</summary>
/// <param name="Action">What.</param>
/// <param name="At">With <see cref="ProbeAction.Wait"/>: when to decide again, as a timestamp.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeDecision(ProbeAction Action, long At = 0);
