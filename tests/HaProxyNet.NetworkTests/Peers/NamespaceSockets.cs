using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>
/// Sockets of the test's own process in another network namespace: a socket belongs to the namespace of the thread that makes it.
/// </summary>
internal static partial class NamespaceSockets
{
    private const int NetworkNamespace = 0x40000000;

    /// <summary>A TCP socket in a namespace that <c>ip netns</c> has named.</summary>
    public static Socket Create(string name)
    {
        Socket? socket = null;
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                using var place = File.OpenHandle($"/run/netns/{name}");
                if (Enter((int)place.DangerousGetHandle(), NetworkNamespace) < 0)
                {
                    throw new InvalidOperationException($"setns to {name}: errno {Marshal.GetLastPInvokeError()}");
                }

                socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            }
            catch (Exception fault)
            {
                failure = fault;
            }
        });
        thread.Start();
        thread.Join();
        return socket ?? throw new InvalidOperationException($"No socket in {name}.", failure);
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int Enter(int descriptor, int kind);
}
