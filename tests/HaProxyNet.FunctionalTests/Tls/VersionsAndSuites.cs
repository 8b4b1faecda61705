using System.Security.Authentication;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>
/// MinVersion, CipherSuites, the kind of key, and the client's version: each cell is a client that is served, or one that is not. What no
/// client could use is a fault of the configuration, on every engine.
/// </summary>
public sealed class VersionsAndSuites : TlsScenario
{
    private const string Tls13 = "TLS_AES_128_GCM_SHA256";
    private const string Rsa = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";
    private const string Ecdsa = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";

    /// <summary>Per list: whether TLS 1.2 with RSA, TLS 1.2 with ECDSA and TLS 1.3 have a suite.</summary>
    private static readonly (string[] Suites, bool Rsa12, bool Ecdsa12, bool Any13)[] _lists =
    [
        ([], true, true, true),
        ([Tls13], false, false, true),
        ([Rsa], true, false, false),
        ([Ecdsa], false, true, false),
        ([Rsa, Ecdsa], true, true, false),
        ([Tls13, Rsa], true, false, true),
        ([Ecdsa, Tls13], false, true, true),
    ];

    public static TheoryData<TlsStack, string, string, string, bool, bool> Cells { get; } =
    [
        .. from stack in new TlsStacks()
           from list in _lists
           from oldest in new[] { "Tls12", "Tls13" }
           from key in new[] { "RSA", "ECDSA" }
           let tls12 = oldest == "Tls12" && (key == "RSA" ? list.Rsa12 : list.Ecdsa12)
           select new TheoryDataRow<TlsStack, string, string, string, bool, bool>(
               stack.Data, string.Join(',', list.Suites), oldest, key, tls12, list.Any13),
    ];

    [Theory, MemberData(nameof(Cells))]
    public async Task EachVersion_IsServedOrNot(TlsStack engine, string suites, string oldest, string key, bool serves12, bool serves13)
    {
        var listener = Terminating(
            [
                ("Tls:Certificate:Path", TestCertificates.PathOf(key == "RSA" ? TestCertificates.FrontRsa : TestCertificates.Front)),
                ("Tls:MinVersion", oldest),
                .. suites.Split(',', StringSplitOptions.RemoveEmptyEntries).Select((suite, i) => ($"Tls:CipherSuites:{i}", suite)),
            ]);
        var setup = new ProxySetup { Listener = listener };
        if (!serves12 && !serves13)
        {
            var fault = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(engine, setup, TestDestination.Echoing("primary")));
            Assert.Contains("no client could connect", fault.ToString(), StringComparison.Ordinal);
            return;
        }

        await StartAsync(engine, setup, TestDestination.Echoing("primary"));
        Assert.Equal(serves12, await IsServedAsync(SslProtocols.Tls12));
        Assert.Equal(serves13, await IsServedAsync(SslProtocols.Tls13));
    }

    private async Task<bool> IsServedAsync(SslProtocols version)
    {
        var options = TestCertificates.ClientOptions();
        options.EnabledSslProtocols = version;
        try
        {
            using var client = await TlsPeer.ClientAsync(await ConnectAsync(), options);
            await client.SendAsync("ping");
            await client.ExpectAsync("ping");
            return true;
        }
        catch (Exception fault) when (fault is AuthenticationException or IOException)
        {
            return false;
        }
    }
}
