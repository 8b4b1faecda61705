using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Admin;

/// <summary>The admin endpoint is empty (off) or can be listened on.</summary>
internal sealed class AdminEndpointValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var endpoint = context.Options.Admin.Endpoint;
        if (endpoint.Length > 0 && !ListenEndPoint.TryParse(endpoint, out _, out var problem))
        {
            context.Faults.Add(ValidationContext.AdminEndpointPath, problem, $"{ListenEndPoint.Allowed}, or empty to turn it off");
        }
    }
}
