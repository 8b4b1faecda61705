using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>Each allowed client is a network or an address.</summary>
internal sealed class AllowedClientsValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            for (var index = 0; index < listener.AllowedClients.Count; index++)
            {
                if (!ClientNetwork.TryParse(listener.AllowedClients[index], out _, out var problem))
                {
                    context.Faults.Add(path.Child(nameof(ListenerOptions.AllowedClients)).Element(index), problem, ClientNetwork.Allowed);
                }
            }
        }
    }
}
