using System.Net;

namespace HaProxyNet.Health.Names;

/// <summary>Asks for the addresses of a name.</summary>
internal interface INameLookup
{
    /// <summary>The addresses, in the order in which they are to be tried.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">There is none, or nobody who would know.</exception>
    Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation);
}
