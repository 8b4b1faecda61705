using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.Hello;

/// <summary>What the records say before the message is read.</summary>
/// <param name="Fault">What is wrong with them.</param>
/// <param name="AtLeast">How many bytes there must be before more can be said; 0 when the message is there.</param>
/// <param name="Length">The message's length with its header of 4; bytes.</param>
/// <param name="Records">How many records it is split over.</param>
/// <param name="RecordVersion">The version of the first one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HelloWalk(HelloFault Fault, int AtLeast, int Length = 0, int Records = 0, ushort RecordVersion = 0)
{
    public static HelloWalk NeedMore(int atLeast)
        => atLeast > HelloParser.MostBytes ? new(HelloFault.TooLarge, 0) : new(HelloFault.None, atLeast);

    public static HelloWalk Failed(HelloFault fault) => new(fault, 0);
}
