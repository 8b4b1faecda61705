using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests;

/// <summary>A RadSec server that is a proxy itself answers Status-Server in its own name (RFC 5997, 4.2).</summary>
public sealed class RadSecProxyAsServerTests
{
    private const string Name = "radius.corp.example";

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Radsecproxy_AnswersStatusServer_AndIsDownWhileItHangs(string engine)
    {
        using var certificate = await CertificateFiles.MakeAsync(Name, usage: "serverAuth,clientAuth");
        await using var server = await ConfiguredServer.RadsecproxyAsync(FreePorts.Next(), certificate);
        var health = new Dictionary<string, string>
        {
            ["Probe"] = "Always",
            ["Method"] = "StatusServer",
            ["Interval"] = "00:00:00.500",
            ["Timeout"] = "00:00:02",
            ["Host"] = Name,
            ["CaPath"] = certificate.Certificate,
            ["Certificate:Path"] = certificate.Certificate,
            ["Certificate:KeyPath"] = certificate.Key,
        };
        await using var proxy = await ProxyProcess.StartAsync(new(engine, ("primary", server.Address)) { Health = health });

        // That it is up is only said of one that was down.
        server.Send(Signal.Stop);
        await Eventually.HoldsAsync(() => proxy.Wrote("Destination down"), () => $"one that hangs is down:\n{proxy.Text}");
        server.Send(Signal.Continue);

        await Eventually.HoldsAsync(() => proxy.Wrote(", answered."), () => $"it answers:\n{proxy.Text}");
    }
}
