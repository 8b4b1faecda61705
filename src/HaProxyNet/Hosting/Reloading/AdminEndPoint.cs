using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Hosting.Reloading;

/// <summary>
/// The admin endpoint as Kestrel knows it: one place for the life of the process, whose address a reload may change, turn off and on. Its
/// own type tells Kestrel which transport binds it.
/// </summary>
internal sealed class AdminEndPoint : EndPoint
{
    public static AdminEndPoint Instance { get; } = new();

    public override AddressFamily AddressFamily => AddressFamily.Unspecified;

    public override string ToString() => "the admin endpoint";
}
