using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Admin;

/// <summary>Each host that the admin endpoint answers to is a name or an address, without a port.</summary>
internal sealed class AdminHostsValidator : IOptionsValidator
{
    private const string Allowed = "a host name or an IP address without a port, such as proxy1.corp.example, or * for every host";

    public void Validate(ValidationContext context)
    {
        var hosts = context.Options.Admin.AllowedHosts;
        for (var index = 0; index < hosts.Count; index++)
        {
            if (ProblemOf(hosts[index]) is { } problem)
            {
                context.Faults.Add(ValidationContext.AdminPath.Child(nameof(AdminOptions.AllowedHosts)).Element(index), problem, Allowed);
            }
        }
    }

    private static string? ProblemOf(string? host) => host switch
    {
        null or "" => "is missing",
        "*" => null,
        _ => HostAndPort.TryParseAddress(host, out _) ? null : HostName.ProblemOf(host),
    };
}
