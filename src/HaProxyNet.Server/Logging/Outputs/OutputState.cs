namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>
/// Whether an output takes records, so that a change is said once and not with every record. Called by the output's thread.
/// </summary>
/// <param name="away">Says that it does not, with the reason.</param>
/// <param name="back">Says that it does again.</param>
internal sealed class OutputState(Action<string> away, Action back)
{
    /// <summary>Whether it took the last record.</summary>
    public bool IsAway { get; private set; }

    /// <summary>It did not take a record.</summary>
    public void Failed(string reason)
    {
        if (!IsAway)
        {
            IsAway = true;
            away(reason);
        }
    }

    /// <summary>It took a record.</summary>
    public void Succeeded()
    {
        if (IsAway)
        {
            IsAway = false;
            back();
        }
    }
}
