using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>Each listener's endpoint can be read.</summary>
internal sealed class ListenerEndpointValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            if (!ListenEndPoint.TryParse(listener.Endpoint, out _, out var problem))
            {
                context.Faults.Add(path.Child(nameof(ListenerOptions.Endpoint)), problem, ListenEndPoint.Allowed);
            }
        }
    }
}
