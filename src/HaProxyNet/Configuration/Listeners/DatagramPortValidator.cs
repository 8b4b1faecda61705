using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>A listener is TCP: what speaks UDP does not reach it, and RADIUS is the one that operators try.</summary>
internal sealed class DatagramPortValidator : IOptionsValidator
{
    private static readonly int[] _radius = [1812, 1813, 1645, 1646];

    public void Validate(ValidationContext context)
    {
        foreach (var (path, _, listener) in context.Listeners)
        {
            if (ListenEndPoint.TryParse(listener.Endpoint, out var endPoint) && _radius.Contains(endPoint.Port))
            {
                context.Faults.Warn(
                    path.Child(nameof(ListenerOptions.Endpoint)),
                    $"port {endPoint.Port} is RADIUS, which switches speak over UDP, and a listener takes TCP only",
                    "RadSec (RADIUS over TLS) on port 2083, as in samples/RadSec");
            }
        }
    }
}
