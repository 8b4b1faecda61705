using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>What a cluster's destinations are spoken to with, at one moment.</summary>
/// <param name="Shown">The certificate that the proxy shows; none unless configured.</param>
/// <param name="Oldest">The oldest version that is spoken.</param>
/// <param name="Context">The context that was made of these.</param>
internal sealed record OpenSslClientTerms(ServerCertificate? Shown, TlsVersion Oldest, OpenSslContext Context);
