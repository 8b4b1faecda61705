using System.Net;

namespace HaProxyNet.Forwarding;

/// <summary>Stands for the stage before <see cref="HttpFront"/>, where Kestrel wants an address.</summary>
internal sealed class HttpFrontEndPoint : EndPoint
{
    public override string ToString() => "the proxy's HTTP listeners";
}
