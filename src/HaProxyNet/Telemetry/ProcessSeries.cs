using HaProxyNet.Transport.Native;

namespace HaProxyNet.Telemetry;

/// <summary>The series of the process as a whole: what it runs out of, and what it lost.</summary>
internal static class ProcessSeries
{
    /// <summary>Publishes them.</summary>
    public static void Publish(ProxyMetrics metrics, InternalFaults faults, LogLosses losses)
    {
        metrics.Allocated.IncTo(GC.GetTotalAllocatedBytes());
        foreach (var place in FaultPlaces.All)
        {
            metrics.InternalFaults.WithLabels(place.Label()).IncTo(faults[place]);
        }

        foreach (var output in LogOutputs.All)
        {
            metrics.LogLinesDropped.WithLabels(output.Label()).IncTo(losses[output]);
        }

        if (DescriptorRoom.Use() is { } use)
        {
            metrics.DescriptorsOpen.Set(use.Open);
            metrics.DescriptorsLimit.Set(use.Limit);
        }
    }
}
