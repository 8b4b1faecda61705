using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>No two of our own sockets claim the same address and port; <c>0.0.0.0</c> and <c>[::]</c> claim every address.</summary>
internal sealed class EndpointOverlapValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var claimed = new List<(SettingPath Path, IPEndPoint EndPoint)>();
        foreach (var (path, endPoint) in Claims(context))
        {
            if (claimed.Find(other => Overlap(other.EndPoint, endPoint)) is { EndPoint: not null } first)
            {
                context.Faults.Add(
                    path,
                    $"{endPoint} is already claimed by {first.Path} ({first.EndPoint})",
                    "an address and port of its own, since 0.0.0.0 covers every IPv4 address and [::] every address");
            }

            claimed.Add((path, endPoint));
        }
    }

    internal static bool Overlap(IPEndPoint a, IPEndPoint b) =>
        a.Port != 0 && a.Port == b.Port && (a.Address.Equals(b.Address) || Covers(a.Address, b.Address) || Covers(b.Address, a.Address));

    /// <summary>A socket on <c>[::]</c> takes IPv4 as well (dual mode).</summary>
    internal static bool Covers(IPAddress any, IPAddress other) =>
        any.Equals(IPAddress.IPv6Any) || (any.Equals(IPAddress.Any) && other.AddressFamily == AddressFamily.InterNetwork);

    private static IEnumerable<(SettingPath Path, IPEndPoint EndPoint)> Claims(ValidationContext context)
    {
        if (ListenEndPoint.TryParse(context.Options.Admin.Endpoint, out var admin))
        {
            yield return (ValidationContext.AdminEndpointPath, admin);
        }

        foreach (var (path, _, listener) in context.Listeners)
        {
            if (ListenEndPoint.TryParse(listener.Endpoint, out var endPoint))
            {
                yield return (path.Child(nameof(ListenerOptions.Endpoint)), endPoint);
            }
        }
    }
}
