using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>
/// The members of an Access Manager cluster talk to each other at these ports, each to each. Behind a proxy they would reach one another,
/// or themselves, and sessions would be lost.
/// </summary>
internal sealed class BackChannelValidator : IOptionsValidator
{
    private static readonly int[] _ports = [7801, 7901];

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            if (ListenEndPoint.TryParse(listener.Endpoint, out var endpoint) && _ports.Contains(endpoint.Port))
            {
                context.Faults.Warn(
                    path.Child(nameof(ListenerOptions.Endpoint)),
                    $"has port {endpoint.Port}, the back channel of Access Manager's cluster: members must reach each other directly, and "
                        + "sessions are lost otherwise",
                    "the ports of the services, such as 443");
            }
        }
    }
}
