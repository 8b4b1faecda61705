using Microsoft.AspNetCore.Http.Features;

namespace HaProxyNet.Transport;

/// <summary>What only middleware asks of a connection; a connection that is merely relayed never has it.</summary>
internal sealed class ConnectionExtras
{
    public string? ConnectionId { get; set; }

    public IFeatureCollection? Features { get; set; }

    public IDictionary<object, object?>? Items { get; set; }

    public TaskCompletionSource? Closed { get; set; }
}
