using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>There is something to do.</summary>
internal sealed class ListenerPresenceValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        if (context.Options.Listeners.Count == 0)
        {
            context.Faults.Add(
                ValidationContext.ListenersPath, "there is no listener", "at least one, with a name, an Endpoint and a Cluster");
        }
    }
}
