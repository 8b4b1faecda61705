namespace HaProxyNet.Transport;

/// <summary>Is told when its timer is due, on the lane.</summary>
internal interface IWheelTarget
{
    /// <summary>The timer has fired and is gone.</summary>
    void OnTimer();
}
