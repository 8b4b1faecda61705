using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.Tls.Sessions;

public sealed class TlsAlertsTests
{
    [Theory]
    [InlineData(1116, "certificate_required")]
    [InlineData(1042, "bad_certificate")]
    [InlineData(1048, "unknown_ca")]
    [InlineData(1200, "200")]
    [InlineData(199, null)]
    [InlineData(0, null)]
    [InlineData(1256, null)]
    public void OfReason(int reason, string? alert) => Assert.Equal(alert, TlsAlerts.OfReason(reason));

    [Theory]
    [InlineData("error:0A00045C:SSL routines::tlsv13 alert certificate required", "certificate_required")]
    [InlineData("error:0A000418:SSL routines::tlsv1 alert unknown ca", "unknown_ca")]
    [InlineData("error:0A0000C7:SSL routines::peer did not return a certificate", null)]
    [InlineData("error:0A00", null)]
    [InlineData("error:0AZZZZZZ", null)]
    [InlineData("Connection reset by peer", null)]
    public void Of_TextAnywhereInside(string text, string? alert)
        => Assert.Equal(alert, TlsAlerts.Of(new IOException("Decrypt failed", new InvalidOperationException(text))));

    [Theory]
    [InlineData("certificate_required", true)]
    [InlineData("unknown_ca", true)]
    [InlineData("internal_error", false)]
    public void IsAboutCertificate(string alert, bool expected) => Assert.Equal(expected, TlsAlerts.IsAboutCertificate(alert));
}
