namespace HaProxyNet.Management.Control;

/// <summary>The control socket cannot be opened here.</summary>
/// <param name="message">Why, for operators.</param>
/// <param name="isTaken">Another proxy has it: looking elsewhere would only hide that.</param>
internal sealed class ControlUnavailableException(string message, bool isTaken) : Exception(message)
{
    public bool IsTaken => isTaken;
}
