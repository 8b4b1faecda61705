using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HaProxyNet.Tls.OpenSsl.Native;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// What OpenSSL reads from and writes to: the socket of the session whose call it is in. Compared with the library's own socket BIO it
/// saves the system calls whose answer the lane knows already, does not take an interrupt for "nothing there", and can say that more will
/// follow.
/// </summary>
internal static unsafe class SocketBio
{
    private static readonly nint _method = CreateMethod();

    /// <summary>A new one; it belongs to the session that it is given to.</summary>
    public static nint Create()
    {
        var bio = LibCrypto.BioNew(_method);
        LibCrypto.BioSetInit(bio, 1);
        return bio;
    }

    private static nint CreateMethod()
    {
        // The name is kept by the library: a literal stays where it is.
        var name = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference("lane socket\0"u8));
        var method = LibCrypto.BioMethodNew(LibCrypto.NewBioIndex() | SslNumbers.BioSourceSink, name);
        _ = LibCrypto.BioMethodSetRead(method, &Read);
        _ = LibCrypto.BioMethodSetWrite(method, &Write);
        _ = LibCrypto.BioMethodSetControl(method, &Control);
        return method;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(nint bio, byte* into, int length)
    {
        try
        {
            return Tell(bio, OpenSslSession.Current.Receive(new Span<byte>(into, length)), SslNumbers.BioRead);
        }
#pragma warning disable CA1031 // An exception may not go through OpenSSL's frames: the socket has failed instead.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            OpenSslSession.Current.Report(fault);
            return -1;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(nint bio, byte* data, int length)
    {
        try
        {
            return Tell(bio, OpenSslSession.Current.Send(new ReadOnlySpan<byte>(data, length)), SslNumbers.BioWrite);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            OpenSslSession.Current.Report(fault);
            return -1;
        }
    }

    private static int Tell(nint bio, int count, int direction)
    {
        LibCrypto.BioClearFlags(bio, SslNumbers.BioAllRetry);
        if (count == LaneSocket.Nothing)
        {
            LibCrypto.BioSetFlags(bio, direction | SslNumbers.BioRetry);
        }

        return count < 0 ? -1 : count;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static nint Control(nint bio, int command, nint number, nint pointer) => command switch
    {
        SslNumbers.BioControlFlush => 1,
        SslNumbers.BioControlEof => OpenSslSession.Current.HasEnded ? 1 : 0,
        _ => 0,
    };
}
