using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.OpenSsl.Native;

/// <summary>
/// The functions of libcrypto 3 that are used (headers <c>openssl/bio.h</c>, <c>err.h</c>, <c>evp.h</c>, <c>x509.h</c>, <c>x509_vfy.h</c>),
/// on the terms of <see cref="LibSsl"/>.
/// </summary>
internal static unsafe partial class LibCrypto
{
    public const string Library = "libcrypto.so.3";

    [LibraryImport(Library, EntryPoint = "OPENSSL_init_crypto")]
    public static partial int Initialize(ulong options, nint settings);

    /// <summary>What it calls itself, such as <c>OpenSSL 3.0.22 25 Aug 2026</c>, for 0.</summary>
    [LibraryImport(Library, EntryPoint = "OpenSSL_version")]
    public static partial nint Version(int what);

    [LibraryImport(Library, EntryPoint = "ERR_clear_error")]
    public static partial void ClearErrors();

    /// <summary>The oldest error of this thread; 0 when there is none.</summary>
    [LibraryImport(Library, EntryPoint = "ERR_peek_error")]
    public static partial nuint PeekError();

    [LibraryImport(Library, EntryPoint = "ERR_reason_error_string")]
    public static partial nint ReasonOf(nuint error);

    [LibraryImport(Library, EntryPoint = "BIO_get_new_index")]
    public static partial int NewBioIndex();

    [LibraryImport(Library, EntryPoint = "BIO_meth_new")]
    public static partial nint BioMethodNew(int type, byte* name);

    [LibraryImport(Library, EntryPoint = "BIO_meth_set_read")]
    public static partial int BioMethodSetRead(nint method, delegate* unmanaged[Cdecl]<nint, byte*, int, int> read);

    [LibraryImport(Library, EntryPoint = "BIO_meth_set_write")]
    public static partial int BioMethodSetWrite(nint method, delegate* unmanaged[Cdecl]<nint, byte*, int, int> write);

    [LibraryImport(Library, EntryPoint = "BIO_meth_set_ctrl")]
    public static partial int BioMethodSetControl(nint method, delegate* unmanaged[Cdecl]<nint, int, nint, nint, nint> control);

    [LibraryImport(Library, EntryPoint = "BIO_new")]
    public static partial nint BioNew(nint method);

    [LibraryImport(Library, EntryPoint = "BIO_set_init")]
    public static partial void BioSetInit(nint bio, int init);

    /// <summary>Sets bits of a number; too short to tell the collector about.</summary>
    [LibraryImport(Library, EntryPoint = "BIO_set_flags"), SuppressGCTransition]
    public static partial void BioSetFlags(nint bio, int flags);

    /// <summary>Clears bits of a number; too short to tell the collector about.</summary>
    [LibraryImport(Library, EntryPoint = "BIO_clear_flags"), SuppressGCTransition]
    public static partial void BioClearFlags(nint bio, int flags);

    [LibraryImport(Library, EntryPoint = "d2i_AutoPrivateKey")]
    public static partial nint DecodePrivateKey(nint key, byte** der, nint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    public static partial void KeyFree(nint key);

    [LibraryImport(Library, EntryPoint = "d2i_X509")]
    public static partial nint DecodeCertificate(nint certificate, byte** der, nint length);

    [LibraryImport(Library, EntryPoint = "i2d_X509")]
    public static partial int EncodeCertificate(nint certificate, byte** der);

    [LibraryImport(Library, EntryPoint = "X509_free")]
    public static partial void CertificateFree(nint certificate);

    [LibraryImport(Library, EntryPoint = "X509_STORE_CTX_get0_cert")]
    public static partial nint VerifiedCertificate(nint verification);

    [LibraryImport(Library, EntryPoint = "X509_STORE_CTX_get0_untrusted")]
    public static partial nint VerifiedChain(nint verification);

    [LibraryImport(Library, EntryPoint = "X509_STORE_CTX_set_error")]
    public static partial void SetVerificationError(nint verification, int error);

    [LibraryImport(Library, EntryPoint = "OPENSSL_sk_num")]
    public static partial int StackCount(nint stack);

    [LibraryImport(Library, EntryPoint = "OPENSSL_sk_value")]
    public static partial nint StackValue(nint stack, int index);
}
