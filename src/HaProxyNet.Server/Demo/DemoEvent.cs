namespace HaProxyNet.Server.Demo;

/// <summary>Something that happened.</summary>
/// <param name="At">Time since the demo began.</param>
/// <param name="By">The source: the script, or the proxy's log.</param>
/// <param name="Text">What.</param>
/// <param name="IsWarning">Service is reduced.</param>
internal sealed record DemoEvent(TimeSpan At, string By, string Text, bool IsWarning)
{
    public override string ToString() => $"{At.TotalSeconds,8:0.000}  {By}: {Text}";
}
