using System.Globalization;
using System.Text.RegularExpressions;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Sandbox;

/// <summary>What systemd's own tools say of the unit.</summary>
public sealed partial class UnitTests
{
    private const double WorstExposure = 1.5;

    [Fact]
    public async Task Unit_Exposure_IsLow()
    {
        var analyze = Requirement.Command("systemd-analyze", "systemd");

        var result = await CommandResult.OfAsync(analyze, "security", "--offline=true", "--no-pager", UnitSandbox.Unit);

        result.ExpectSuccess("systemd-analyze security");
        var exposure = double.Parse(Exposure().Match(result.Output).Groups["figure"].Value, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"exposure {exposure}");
        Assert.True(exposure <= WorstExposure, result.Output);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Unit_Verify_SaysNothing(bool withLowPorts)
    {
        var analyze = Requirement.Command("systemd-analyze", "systemd");
        using var folder = new ScratchFolder();
        var command = folder.File("haproxynet");
        File.Copy("/bin/true", command);
        var text = await File.ReadAllTextAsync(UnitSandbox.Unit, TestContext.Current.CancellationToken);
        var unit = folder.Write("haproxynet.service", text.Replace("/usr/bin/haproxynet", command, StringComparison.Ordinal));
        if (withLowPorts)
        {
            Directory.CreateDirectory(unit + ".d");
            File.Copy(BuildOutput.Source("packaging/systemd/haproxynet-low-ports.conf"), Path.Combine(unit + ".d", "low-ports.conf"));
        }

        var result = await CommandResult.OfAsync(analyze, "verify", "--man=no", unit);

        result.ExpectSuccess("systemd-analyze verify");
        Assert.DoesNotContain(folder.Path, result.Output, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"exposure level for \S+: (?<figure>[0-9.]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Exposure();
}
