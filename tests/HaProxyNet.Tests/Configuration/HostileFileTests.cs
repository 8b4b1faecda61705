using System.Diagnostics;
using System.Text;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;

namespace HaProxyNet.Tests.Configuration;

/// <summary>Files that .NET throws at, blocks at or reads without end: each is one fault with its place.</summary>
public sealed class HostileFileTests
{
    [Theory]
    [InlineData("\\ud83d", 2)]
    [InlineData("\\udc00", 2)]
    [InlineData("a\\ud83d\\ud83d\\ude00", 3)]
    [InlineData("\\\\\\ud83dx", 4)]
    public void Load_HalfACharacter_FaultWithLineAndColumn(string half, int column)
    {
        foreach (var text in new[] { $"{{\n\"{half}\": 1}}", $"{{\"HaProxyNet\": [\n\"{half}\"]}}" })
        {
            var fault = Assert.Single(ConfigurationSample.FaultsOf(text));
            Assert.EndsWith($":2:{column}", fault.Path, StringComparison.Ordinal);
            Assert.StartsWith("half a character at line 2, ", fault.Problem, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("\\\\ud83d")]
    public void Find_WholeCharacter_None(string text) => Assert.Null(HalfCharacters.Find(text));

    [Theory]
    [InlineData("\"LogLevel\": { \"Default\": \"Warn\" }", "Logging.LogLevel.Default")]
    [InlineData("\"LogLevel\": { \"HaProxyNet\": \"Info\" }", "Logging.LogLevel.HaProxyNet")]
    [InlineData("\"LogLevel\": { \"HaProxyNet\": 7 }", "Logging.LogLevel.HaProxyNet")]
    [InlineData("\"LogLevel\": { \"HaProxyNet\": { \"Closing\": \"Debug\" } }", "Logging.LogLevel.HaProxyNet")]
    [InlineData("\"LogLevel\": \"Debug\"", "Logging.LogLevel")]
    [InlineData("\"Console\": { \"LogLevel\": { \"Default\": \"Verbose\" } }", "Logging.Console.LogLevel.Default")]
    [InlineData("\"LogLevel\": { \"HaProxyNet*Health*\": \"Debug\" }", "Logging.LogLevel.HaProxyNet*Health*")]
    [InlineData("\"CaptureScopes\": \"perhaps\"", "Logging.CaptureScopes")]
    [InlineData("\"CaptureScopes\": 1", "Logging.CaptureScopes")]
    [InlineData("\"capturescopes\": \"\"", "Logging.CaptureScopes")]
    public void Load_LogLevelThatIsNone_FaultWithItsPlace(string logging, string path)
    {
        var json = ConfigurationSample.Valid.TrimEnd()[..^1] + ", \"Logging\": { " + logging + " } }";

        Assert.Equal(path, Assert.Single(ConfigurationSample.FaultsOf(json)).Path);
    }

    [Fact]
    public void Load_LogLevelsThatAreKnown_NoFault()
    {
        var json = ConfigurationSample.Valid.TrimEnd()[..^1]
            + ", \"Logging\": { \"LogLevel\": { \"Default\": \"warning\", \"HaProxyNet\": null, \"Yarp*\": \"None\" }, "
            + "\"CaptureScopes\": true } }";

        Assert.Empty(ConfigurationSample.FaultsOf(json));
    }

    /// <summary>.NET throws for a path with a NUL character, wherever it is used.</summary>
    [Theory]
    [InlineData("Admin", "StateFile")]
    [InlineData("Clusters.iqservice.Tls", "CaPath")]
    [InlineData("Clusters.iqservice.Health", "CaPath")]
    [InlineData("Listeners.iqservice.Tls", "Certificate.Path")]
    [InlineData("Listeners.iqservice.Tls", "Certificate.KeyPath")]
    [InlineData("Listeners.iqservice.Tls", "ClientCertificate.CaPath")]
    public void Load_NulInAText_FaultWithItsPlace(string section, string key)
    {
        var json = key.Split('.').Reverse().Aggregate("\"/etc/a\\u0000b\"", (value, name) => $"{{ \"{name}\": {value} }}");
        var fault = Assert.Single(
            ConfigurationSample.FaultsOf(ConfigurationSample.With(section, json)), f => f.Path == $"HaProxyNet.{section}.{key}");

        Assert.Contains("holds a NUL character", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_BytesThatAreNotUtf8_FaultWithItsLine()
    {
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, [.. "{\n\""u8, 0xE9, .. "\": 1}"u8]);

        var fault = Assert.Single(ConfigurationFile.Load(file.Path).Reading.Faults);

        Assert.Contains("line 2 holds bytes that are not UTF-8", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Utf16WithItsMark_Read()
    {
        using var file = new TemporaryFile("");
        File.WriteAllText(file.Path, ConfigurationSample.Valid, Encoding.Unicode);

        Assert.Empty(ConfigurationFile.Load(file.Path, ConfigurationSample.Environment()).Reading.Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_Utf16WithoutAMark_Read(bool isBigEndian)
    {
        using var file = new TemporaryFile("");
        File.WriteAllText(file.Path, ConfigurationSample.Valid, new UnicodeEncoding(isBigEndian, byteOrderMark: false));

        Assert.Empty(ConfigurationFile.Load(file.Path, ConfigurationSample.Environment()).Reading.Faults);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Load_Utf32WithoutAMark_Read(bool isBigEndian)
    {
        using var file = new TemporaryFile("");
        File.WriteAllText(file.Path, ConfigurationSample.Valid, new UTF32Encoding(isBigEndian, byteOrderMark: false));

        Assert.Empty(ConfigurationFile.Load(file.Path, ConfigurationSample.Environment()).Reading.Faults);
    }

    /// <summary>A password with a character that nobody has written opens nothing.</summary>
    [Theory]
    [InlineData("EFBBBF", "7B0AE9", "line 2 holds bytes that are not UTF-8")]
    [InlineData("FFFE", "7B00220000D82200", "it holds bytes that are not UTF-16")]
    [InlineData("FEFF", "007B0022DC000022", "it holds bytes that are not UTF-16")]
    [InlineData("FFFE", "7B007D0020", "it holds bytes that are not UTF-16")]
    [InlineData("FFFE0000", "7B00000000000001", "it holds bytes that are not UTF-32")]
    public void Load_BytesThatAreNoTextBehindAMark_AreNotReplaced(string mark, string content, string problem)
    {
        using var file = new TemporaryFile("");
        File.WriteAllBytes(file.Path, Convert.FromHexString(mark + content));

        var fault = Assert.Single(ConfigurationFile.Load(file.Path).Reading.Faults);

        Assert.Contains(problem, fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FiftyMegabytes_OneSentence()
    {
        using var file = new TemporaryFile("");
        using (var stream = File.OpenWrite(file.Path))
        {
            stream.SetLength(50 << 20);
        }

        Assert.Equal(
            "the file cannot be read: it has 50 MB; 32 MB is the most",
            Assert.Single(ConfigurationFile.Load(file.Path).Reading.Faults).Problem);
    }

    [Fact]
    public async Task Load_NamedPipe_OneSentenceAndNoWait()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Named pipes in the file system.");
        using var file = new TemporaryFile("");
        File.Delete(file.Path);
        using (var make = Process.Start("mkfifo", [file.Path]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var load = Task.Run(() => ConfigurationFile.Load(file.Path), TestContext.Current.CancellationToken);

        var loaded = await load.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        Assert.Contains("it is a pipe, a socket or a device", Assert.Single(loaded.Reading.Faults).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_DeviceWithoutEnd_OneSentence()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/zero");

        Assert.Contains(
            "cannot be read", Assert.Single(ConfigurationFile.Load("/dev/zero").Reading.Faults).Problem, StringComparison.Ordinal);
    }
}
