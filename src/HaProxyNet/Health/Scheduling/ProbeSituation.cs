using System.Runtime.InteropServices;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Scheduling;

/// <summary>What the decision to probe a destination depends on, besides the policy. Times are timestamps; 0: never.</summary>
/// <param name="Health">What its evidence says, whatever an operator has decided.</param>
/// <param name="IsDisabled">An operator has taken it out for good: nothing is sent to it.</param>
/// <param name="HasFailed">There was a failure since its last success.</param>
/// <param name="Since">When its state began.</param>
/// <param name="LastProven">When it last accepted a connection or a probe.</param>
/// <param name="LastProbed">When its last probe ended.</param>
/// <param name="AddressesSince">When its name was last seen to have other addresses.</param>
/// <param name="Spread">From 0 to 1, drawn anew for each probe: destinations and proxies are not asked in step.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ProbeSituation(
    DestinationStatus Health, bool IsDisabled, bool HasFailed, long Since, long LastProven, long LastProbed, long AddressesSince,
    double Spread);
