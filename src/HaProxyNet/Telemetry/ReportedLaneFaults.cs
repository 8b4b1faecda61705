using HaProxyNet.Transport;

namespace HaProxyNet.Telemetry;

/// <summary>An engine's faults, under the names that the whole proxy has for places.</summary>
internal sealed class ReportedLaneFaults(InternalFaults faults) : LaneFaults
{
    public override void Report(LanePlace place, Exception fault) => faults.Report(PlaceOf(place), fault);

    protected override void OnEntering(LanePlace place) => faults.Injection?.Invoke(PlaceOf(place));

    private static FaultPlace PlaceOf(LanePlace place) => place switch
    {
        LanePlace.Event => FaultPlace.LaneEvent,
        LanePlace.Timer => FaultPlace.LaneTimer,
        LanePlace.Work => FaultPlace.LaneWork,
        _ => FaultPlace.Accept,
    };
}
