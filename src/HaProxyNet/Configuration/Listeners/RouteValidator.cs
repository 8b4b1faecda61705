using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>
/// Routes have server names that clients can send, each once, and clusters that exist; and TLS, which alone names a server.
/// </summary>
internal sealed class RouteValidator : IOptionsValidator
{
    private const string AllowedNames =
        "a DNS name such as iqs.dmz.example, or *.dmz.example for one label more; an internationalized one as it is sent (xn--…)";

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            var routesPath = path.Child(nameof(ListenerOptions.Routes));
            if (listener.Routes.Count > 0 && listener.Tls.Mode is TlsMode.None)
            {
                context.Faults.Add(routesPath, "need the server name of TLS, and Tls.Mode is None", "Tls.Mode Passthrough or Terminate");
            }

            Validate(context, routesPath, listener);
        }
    }

    private static void Validate(ValidationContext context, SettingPath routesPath, ListenerOptions listener)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (index, route) in listener.Routes.Index())
        {
            var path = routesPath.Element(index);
            var namePath = path.Child(nameof(RouteOptions.ServerName));
            if (ProblemOf(route.ServerName) is { } problem)
            {
                context.Faults.Add(namePath, problem, AllowedNames);
            }
            else if (!names.Add(ServerNameTable<string>.Key(route.ServerName)))
            {
                context.Faults.Add(namePath, $"'{route.ServerName}' has a route already", "each name once");
            }

            var clusters = context.Options.Clusters;
            if (!clusters.ContainsKey(route.Cluster) && !context.Faults.IsSettled(ValidationContext.ClustersPath))
            {
                context.Faults.Add(
                    path.Child(nameof(RouteOptions.Cluster)),
                    route.Cluster.Length == 0 ? "is missing" : $"no cluster is named '{route.Cluster}'",
                    ListenerClusterValidator.Allowed(route.Cluster, clusters.Keys));
            }
        }
    }

    private static string? ProblemOf(string name)
    {
        if (name.Length == 0)
        {
            return "is missing";
        }

        var host = ServerNameTable<string>.IsWildcard(name) ? name[2..] : name;
        return HostName.ProblemOf(host) is null ? null : $"'{name}' is no server name that a client can ask for";
    }
}
