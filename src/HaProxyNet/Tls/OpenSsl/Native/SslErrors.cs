using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.OpenSsl.Native;

/// <summary>OpenSSL's error queue of this thread.</summary>
internal static class SslErrors
{
    /// <summary>The number of the oldest error's reason, which is the one that led to the others; 0 when there is none.</summary>
    public static int Reason => (int)(LibCrypto.PeekError() & SslNumbers.ReasonMask);

    /// <summary>
    /// The oldest error in the library's words, such as <c>no shared cipher</c>; empty when there is none. Never a secret.
    /// </summary>
    public static string Text
        => LibCrypto.PeekError() is var error and not 0 && LibCrypto.ReasonOf(error) is var text and not 0
            ? Marshal.PtrToStringUTF8(text) ?? ""
            : "";
}
