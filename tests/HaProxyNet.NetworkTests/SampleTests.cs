using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests;

/// <summary>
/// The samples with TLS, each as its README says to run it, shorter: its script's exit status is the clients' count of both ends.
/// </summary>
public sealed class SampleTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("IqServiceTlsPassthrough", "sni=iqservice.corp.example")]
    [InlineData("IqServiceReencrypt", "tls_version=1.3")]
    [InlineData("IqServiceBySni", "ok_by_dmz1=")]
    public async Task Run_PrimaryStoppedMeanwhile_NoRequestFailsAndTheLogShowsTls(string sample, string shown)
    {
        Requirement.Linux();
        Requirement.Command("openssl");

        string[] command =
        [
            .. OwnLoopback.Prefix, "env", $"PAIR_DLL={BuildOutput.IqServicePair}", $"PROXY_DLL={BuildOutput.Proxy}",
            "sh", BuildOutput.Sample(sample, "run.sh"), "6", "20",
        ];
        var run = await CommandResult.OfAsync(_limit, command[0], command[1..]);

        run.ExpectSuccess(sample);
        Assert.Contains("failed=0 duplicates=0 unexecuted=0", run.Output, StringComparison.Ordinal);
        Assert.Contains(shown, run.Output, StringComparison.Ordinal);
    }
}
