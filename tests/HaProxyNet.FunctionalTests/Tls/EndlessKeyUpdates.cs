using System.Net.Sockets;
using System.Runtime.InteropServices;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.Tls.OpenSsl;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// A client that changes its keys over and over (RFC 8446, 4.6.3) and sends nothing else would keep the library busy without end within one
/// read, and with it the lane. No .NET client can do that, so this one is OpenSSL's.
/// </summary>
public sealed partial class EndlessKeyUpdates : TlsScenario
{
    /// <summary>A change of keys is a record of 27 bytes: these are more than twice what is borne.</summary>
    private const int Changes = 20_000;

    /// <summary>SSL_KEY_UPDATE_NOT_REQUESTED: the peer need not change its own.</summary>
    private const int OwnKeys = 0;

    public EndlessKeyUpdates() => Truth.PeersCountTls = true;

    [Fact]
    public async Task WithoutData_IsReset()
    {
        Assert.SkipWhen(OpenSslLibrary.Version is null, "needs libssl.so.3");
        await StartAsync(TlsStack.ReactorOpenSsl, Wires.TlsPlain, TestDestination.Echoing("primary"));

        // Connected without async: .NET's async calls make a descriptor one that does not block.
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var made = await Task.Run(() =>
        {
            socket.Connect(Proxy.Address);
            Proxy.Clients.Opened();
            return ChangeKeys(socket.Handle);
        });

        Assert.InRange(made, 1, Changes - 1);
        Assert.Equal("tls_failed", (await Proxy.LineAsync()).Outcome);
    }

    /// <summary>Returns how many changes of keys the peer bore.</summary>
    private static int ChangeKeys(nint descriptor)
    {
        using var context = new OpenSslContext(isServer: false, Configuration.Tls.TlsVersion.Tls13, CipherNames.Default);
        var ssl = LibSsl.New(context.Pointer);
        try
        {
            Assert.Equal(1, SetDescriptor(ssl, (int)descriptor));
            LibSsl.SetConnectState(ssl);
            Assert.Equal(1, LibSsl.DoHandshake(ssl));
            var made = 0;
            while (made < Changes && UpdateKeys(ssl, OwnKeys) == 1 && LibSsl.DoHandshake(ssl) == 1)
            {
                made++;
            }

            return made;
        }
        finally
        {
            LibSsl.Free(ssl);
            LibCrypto.ClearErrors();
        }
    }

    [LibraryImport(LibSsl.Library, EntryPoint = "SSL_set_fd")]
    private static partial int SetDescriptor(nint ssl, int descriptor);

    [LibraryImport(LibSsl.Library, EntryPoint = "SSL_key_update")]
    private static partial int UpdateKeys(nint ssl, int kind);
}
