using System.Net;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Handover;

/// <summary>A listening socket that another process has opened.</summary>
/// <param name="Descriptor">Its descriptor in this process.</param>
/// <param name="IsShared">
/// Whether that process keeps it open, as a service manager does. Then it is never made deaf: what connects after this process has stopped
/// waits for the next one.
/// </param>
internal readonly record struct InheritedSocket(int Descriptor, bool IsShared)
{
    /// <summary>The address that a descriptor listens on; null: it is no TCP socket, or it does not listen.</summary>
    public static unsafe IPEndPoint? ListeningAddress(int descriptor)
    {
        var accepts = 0;
        uint length = sizeof(int);
        var isListening = Libc.GetOption(descriptor, Linux.LevelSocket, Linux.OptionAcceptsConnections, &accepts, &length) == 0
            && accepts == 1;
        var address = Native.Descriptor.LocalAddress(descriptor);
        return isListening && address.Family is Linux.FamilyIPv4 or Linux.FamilyIPv6 ? address.ToEndPoint() : null;
    }
}
