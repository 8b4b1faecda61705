using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.Hello;

/// <summary>What <see cref="HelloParser"/> says of a client's first bytes.</summary>
/// <param name="Status">What they are.</param>
/// <param name="Fault">Why they are not a hello; none for one that is complete or not yet there.</param>
/// <param name="AtLeast">With <see cref="HelloStatus.NeedMore"/>: how many bytes in all there must be before it is worth to look
/// again.</param>
/// <param name="Hello">With <see cref="HelloStatus.Complete"/>: the hello.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct HelloResult(HelloStatus Status, HelloFault Fault, int AtLeast, ClientHello? Hello)
{
    public override string ToString() => Hello?.ToString() ?? (Fault is HelloFault.None ? Status.Label() : $"{Status.Label()} ({Fault})");

    public static HelloResult NeedMore(int atLeast) => new(HelloStatus.NeedMore, HelloFault.None, atLeast, Hello: null);

    public static HelloResult Complete(ClientHello hello) => new(HelloStatus.Complete, HelloFault.None, 0, hello);

    public static HelloResult Failed(HelloFault fault) => new(
        fault switch
        {
            HelloFault.PlainText or HelloFault.Ssl2Hello => HelloStatus.NotTls,
            HelloFault.TooLarge => HelloStatus.TooLarge,
            _ => HelloStatus.Malformed,
        },
        fault,
        0,
        Hello: null);
}
