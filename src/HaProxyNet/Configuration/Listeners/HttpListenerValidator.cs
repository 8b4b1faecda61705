using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>A listener that speaks HTTP can read its requests, and what is said of HTTP is said where HTTP is spoken.</summary>
internal sealed class HttpListenerValidator : IOptionsValidator
{
    private const string Version = "http/1.1";

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            var http = path.Child(nameof(ListenerOptions.Http));
            var cookie = listener.Http.AffinityCookie;
            if (listener.Protocol is not ListenerProtocol.Http)
            {
                UnusedSetting.Warn(
                    http,
                    "with Protocol Tcp: cookies cannot be seen",
                    "Protocol Http",
                    context.Faults,
                    (nameof(HttpListenerOptions.AffinityCookie), cookie.Length > 0));
                continue;
            }

            CheckTls(path, listener, context.Faults);
            if (cookie.Length > 0)
            {
                CheckCookie(http.Child(nameof(HttpListenerOptions.AffinityCookie)), cookie, listener, context);
            }

            if (listener.ConnectOn is ConnectOn.FirstByte)
            {
                context.Faults.Warn(
                    path.Child(nameof(ListenerOptions.ConnectOn)),
                    "FirstByte has no effect with Protocol Http: a destination is connected for a request",
                    nameof(ConnectOn.Accept));
            }
        }
    }

    private static void CheckTls(SettingPath path, ListenerOptions listener, FaultCollector faults)
    {
        var tls = path.Child(nameof(ListenerOptions.Tls));
        if (listener.Tls.Mode is TlsMode.Passthrough)
        {
            faults.Add(
                tls.Child(nameof(ListenerTlsOptions.Mode)),
                "is Passthrough, and Protocol is Http: requests inside the client's TLS cannot be read",
                "Tls.Mode Terminate with a certificate, or None; or Protocol Tcp");
        }

        if (listener.Routes.Count > 0)
        {
            faults.Add(
                path.Child(nameof(ListenerOptions.Routes)),
                "choose a cluster by the server name of TLS, and Protocol is Http: a browser sends requests for other names as well",
                "no routes, and a listener for each cluster; or Protocol Tcp");
        }

        for (var i = 0; i < listener.Tls.Alpn.Count; i++)
        {
            if (listener.Tls.Alpn[i] != Version)
            {
                faults.Add(
                    tls.Child(nameof(ListenerTlsOptions.Alpn)).Element(i),
                    $"'{listener.Tls.Alpn[i]}' is not spoken by Protocol Http",
                    $"{Version}, or an empty list");
            }
        }
    }

    private static void CheckCookie(SettingPath path, string cookie, ListenerOptions listener, ValidationContext context)
    {
        if (!cookie.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            context.Faults.Add(path, $"'{cookie}' cannot be the name of a cookie", "ASCII letters, digits, '-', '_' and '.'");
        }
        else if (context.Options.Clusters.TryGetValue(listener.Cluster, out var cluster)
            && cluster.Policy is SelectionPolicy.PrimaryPreferred)
        {
            context.Faults.Warn(
                path,
                $"has no effect: cluster {listener.Cluster} has Policy PrimaryPreferred, and every client gets the active destination",
                "Policy RoundRobin, LeastConnections or SourceAddress; or no cookie");
        }
    }
}
