using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Demo;

/// <summary>Something that happened.</summary>
/// <param name="At">Time since the demo began.</param>
/// <param name="Text">What.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DemoEvent(TimeSpan At, string Text)
{
    public override string ToString() => $"{At.TotalSeconds,8:0.000}  {Text}";
}
