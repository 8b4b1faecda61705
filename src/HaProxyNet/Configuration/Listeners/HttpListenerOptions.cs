using System.ComponentModel;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>How a listener with <see cref="ListenerProtocol.Http"/> forwards requests.</summary>
public sealed class HttpListenerOptions
{
    /// <summary>The name of a cookie that keeps a browser at the destination that served it; empty: none is set.</summary>
    [Description("The name of a cookie that keeps a browser at the destination that served it. Empty: none is set.")]
    public string AffinityCookie { get; set; } = "";
}
