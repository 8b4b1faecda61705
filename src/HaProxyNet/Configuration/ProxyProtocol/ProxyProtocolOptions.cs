using System.ComponentModel;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Configuration.ProxyProtocol;

/// <summary>From which proxies in front a listener takes the PROXY protocol, version 1 or 2.</summary>
public sealed class ProxyProtocolOptions
{
    /// <summary>
    /// Networks in CIDR form, or single addresses, whose connections must begin with a PROXY header. Empty: no header is read.
    /// </summary>
    [Description("Networks in CIDR form, or single addresses, of load balancers whose connections must begin with a PROXY header (v1 or "
        + "v2). Empty: no header is read.")]
    public IList<string> AcceptFrom { get; set; } = [];

    /// <summary>How long such a connection may take to send its whole header. Default: 5 s.</summary>
    [Duration, Description("How long such a connection may take to send its whole header, before it is reset.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);
}
