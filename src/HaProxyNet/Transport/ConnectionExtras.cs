using HaProxyNet.Connecting;
using Microsoft.AspNetCore.Http.Features;

namespace HaProxyNet.Transport;

/// <summary>What only middleware asks of a connection, and what only a hedged one has; a connection that is merely relayed never has it.</summary>
internal sealed class ConnectionExtras
{
    public string? ConnectionId { get; set; }

    public IFeatureCollection? Features { get; set; }

    public IDictionary<object, object?>? Items { get; set; }

    public TaskCompletionSource? Closed { get; set; }

    /// <summary>The connect attempts that go on beside the current one; the engine's own.</summary>
    public object? Slow { get; set; }

    /// <summary>The slow attempt whose socket the connection has got.</summary>
    public SlowAttempt? Winner { get; set; }
}
