using System.Net;
using System.Runtime.InteropServices;

namespace HaProxyNet.Listening;

/// <summary>A connection that waits for its client.</summary>
/// <param name="Place">Its place in the list.</param>
/// <param name="Address">The client's address.</param>
/// <param name="Since">When it began to wait: less is earlier.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WaitingClient(int Place, IPAddress Address, long Since);
