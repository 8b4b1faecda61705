using HaProxyNet.Configuration.Health;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// One way of asking a destination whether it serves. Without state: any number of probes at once. By value: two that
/// ask the same are equal.
/// </summary>
internal interface IProbe
{
    /// <summary>How it asks, for metrics.</summary>
    ProbeMethod Method { get; }

    /// <summary>Whether it needs the target's terms.</summary>
    bool SpeaksTls { get; }

    /// <summary>
    /// Asks once. What the network or the server says by failing is thrown as it comes (sockets, streams, TLS, the deadline);
    /// <see cref="ProbeResults.Classify"/> knows what it means.
    /// </summary>
    ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline);
}
