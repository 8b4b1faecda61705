using System.Runtime.InteropServices;

namespace HaProxyNet.Failover;

/// <summary>Which destination is active from now on.</summary>
/// <param name="Active">Its name; none when none can be used.</param>
/// <param name="IsWaiting">A more preferred one is up, and the failback policy has not let it take over yet: look again soon.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Choice(string? Active, bool IsWaiting);
