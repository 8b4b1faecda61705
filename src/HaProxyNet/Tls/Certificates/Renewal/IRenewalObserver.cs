namespace HaProxyNet.Tls.Certificates.Renewal;

/// <summary>Is notified of renewals.</summary>
internal interface IRenewalObserver
{
    /// <summary>Changed files have been loaded; without success the certificates before stay in use.</summary>
    void Renewed(RenewableCertificates certificates, bool isSuccess);
}
