using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Hosting;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Server.Running;

/// <summary>Puts a bind that failed at start into an operator's words.</summary>
internal static class BindFault
{
    /// <summary>EMFILE and ENFILE of errno(3).</summary>
    private const int TooManyOpenFiles = 24;
    private const int TooManyInSystem = 23;

    /// <param name="fault">A listener's <see cref="ListenerBindException"/>, or what Kestrel throws for the admin endpoint.</param>
    /// <param name="options">Says where the admin endpoint should have been.</param>
    public static ConfigurationFault Of(Exception fault, ProxyOptions options)
    {
        if (fault is ListenerBindException listener)
        {
            return EndpointAvailability.FaultOf(EndpointAvailability.ListenerPath(listener.Listener), listener.Address, listener.Error);
        }

        var (path, at, cause) = (EndpointAvailability.AdminPath, ListenEndPoint.Parse(options.Admin.Endpoint), CauseOf(fault));
        return ErrorOf(cause) is { } error
            ? EndpointAvailability.FaultOf(path, at, error)
            : new ConfigurationFault(
                path, $"{at} cannot be bound ({cause.Message.TrimEnd('.')})", "give another address and port, or mend what is named here");
    }

    /// <summary>The innermost words are the system's.</summary>
    private static Exception CauseOf(Exception fault)
    {
        var cause = fault;
        while (cause is not SocketException && cause.InnerException is { } inner)
        {
            cause = inner;
        }

        return cause;
    }

    /// <summary>Files say it by the number of the system's error.</summary>
    private static SocketError? ErrorOf(Exception cause) => cause switch
    {
        SocketException socket => socket.SocketErrorCode,
        AddressInUseException => SocketError.AddressAlreadyInUse,
        IOException { HResult: TooManyOpenFiles or TooManyInSystem } when !OperatingSystem.IsWindows() => SocketError.TooManyOpenSockets,
        _ => null,
    };
}
