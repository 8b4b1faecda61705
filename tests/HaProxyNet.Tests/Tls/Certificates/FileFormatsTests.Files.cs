using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Loading;

namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>How the files are made, and read.</summary>
public sealed partial class FileFormatsTests
{
    /// <summary>signedData without a signature and without content (RFC 5652, 5), as crl2pkcs7 and Windows write it.</summary>
    private static byte[] Pkcs7Of(params X509Certificate2[] certificates)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        var context0 = new Asn1Tag(TagClass.ContextSpecific, 0);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.2.840.113549.1.7.2");
            using (writer.PushSequence(context0))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                writer.PushSetOf().Dispose();
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier("1.2.840.113549.1.7.1");
                }

                using (writer.PushSetOf(context0))
                {
                    Array.ForEach(certificates, c => writer.WriteEncodedValue(c.RawData));
                }

                writer.PushSetOf().Dispose();
            }
        }

        return writer.Encode();
    }

    private (string? Certificate, string[] Chain, string[] Warnings) Load(CertificateOptions options)
    {
        var faults = new FaultCollector();
        var certificate = CertificateLoader.Load(
            options, new SettingPath("C", "C"), ConfiguredFiles.Read(_folder.Path, CertificateLoader.FilesOf(options), []), faults);
        Assert.Empty(faults.Faults);
        return (
            certificate?.Certificate.Thumbprint,
            [.. certificate!.Chain.Select(c => c.Thumbprint)],
            [.. faults.Warnings.Select(w => w.ToString())]);
    }

    private X509Certificate2Collection Loaded(CertificateOptions options)
    {
        var (certificate, faults) = _folder.Load(options);
        Assert.Empty(faults);
        Assert.True(certificate!.Certificate.HasPrivateKey);
        Assert.Equal([Name], certificate.Names);
        return certificate.Chain;
    }

    private string Fault(CertificateOptions options)
    {
        var (certificate, faults) = _folder.Load(options);
        Assert.Null(certificate);
        return Assert.Single(faults);
    }

    private string AuthorityFault(string path)
    {
        var faults = new FaultCollector();
        AuthorityFile.Load(path, new SettingPath("C", "C"), ConfiguredFiles.Read(_folder.Path, [path], []), TimeProvider.System, faults);
        return string.Concat(faults.Faults);
    }
}
