using System.Runtime.InteropServices;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>Whether OpenSSL 3 is on this system, and which one.</summary>
internal static class OpenSslLibrary
{
    private static readonly Lazy<string?> _version = new(Load);

    /// <summary>
    /// Its version, such as <c>3.0.22</c>; null when there is none that can be loaded. .NET's own cryptography on Linux needs it too.
    /// </summary>
    public static string? Version => _version.Value;

    private static string? Load()
    {
        if (!OperatingSystem.IsLinux() || !NativeLibrary.TryLoad(LibCrypto.Library, out _) || !NativeLibrary.TryLoad(LibSsl.Library, out _))
        {
            return null;
        }

        // As .NET does: lanes may still be in a call when the process exits.
        _ = LibCrypto.Initialize(SslNumbers.InitializeNoAtExit, 0);

        // "OpenSSL 3.0.22 25 Aug 2026"
        var words = Marshal.PtrToStringUTF8(LibCrypto.Version(0))?.Split(' ') ?? [];
        return words.Length > 1 ? words[1] : "3";
    }
}
