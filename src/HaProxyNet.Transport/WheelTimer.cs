namespace HaProxyNet.Transport;

/// <summary>
/// One running timer of a <see cref="TimerWheel"/>. The code that started it forgets it when it fires or when it was stopped.
/// </summary>
internal sealed class WheelTimer
{
    /// <summary>Whom to tell.</summary>
    public IWheelTarget? Target { get; set; }

    /// <summary>The step of the wheel at which it fires.</summary>
    public long Step { get; set; }

    /// <summary>The neighbours in its slot.</summary>
    public WheelTimer? Next { get; set; }

    /// <summary>The neighbours in its slot.</summary>
    public WheelTimer? Previous { get; set; }
}
