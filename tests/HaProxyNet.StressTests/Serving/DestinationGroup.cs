using System.Net;
using HaProxyNet.StressTests.Living;

namespace HaProxyNet.StressTests.Serving;

/// <summary>Destinations behind one listener of the proxy.</summary>
internal sealed class DestinationGroup(string name, IReadOnlyList<StressDestination> destinations) : IDisposable
{
    /// <summary>The listener's and the cluster's name.</summary>
    public string Name => name;

    /// <summary>The destinations, the first one preferred.</summary>
    public IReadOnlyList<StressDestination> Destinations => destinations;

    /// <summary>Where clients connect, once the proxy runs.</summary>
    public IPEndPoint Front { get; set; } = null!;

    /// <summary>The life whose connection comes next, where nothing else says whose it is.</summary>
    public Life? Expected;

    /// <summary>For lives that must have the group for themselves, because nothing says which connection is whose.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <inheritdoc/>
    public void Dispose()
    {
        Turn.Dispose();
        foreach (var destination in destinations)
        {
            destination.Dispose();
        }
    }
}
