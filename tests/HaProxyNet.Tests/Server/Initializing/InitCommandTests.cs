namespace HaProxyNet.Tests.Server.Initializing;

public sealed class InitCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("haproxynet-");

    private string File => Path.Combine(_folder.FullName, "haproxynet.json");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData]
    [InlineData("--tls", "none")]
    [InlineData("--primary", "[fd00::4]", "--secondary", "none")]
    [InlineData("--name", "vip.corp.example", "--primary", "10.0.0.4:7000", "--secondary", "10.0.0.5:7000", "--listen", "127.0.0.1:7000")]
    public async Task Defaults_WritesWhatCheckAccepts(params string[] options)
    {
        var run = await CommandRun.OfAsync(["init", "--defaults", "--config", File, .. options]);

        Assert.Equal((0, 0), (run.ExitCode, run.Error.Count));
        var check = await CommandRun.OfAsync("check", "--no-bind", "--config", File);
        Assert.Equal(0, check.ExitCode);
        Assert.StartsWith("ok: 1 listener, 1 cluster, ", Assert.Single(check.Output), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_TlsIsPassedThrough()
    {
        await CommandRun.OfAsync("init", "--defaults", "--config", File);

        Assert.Contains(
            "\"Mode\": \"Passthrough\"",
            await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task FileExists_IsNotTouched()
    {
        await System.IO.File.WriteAllTextAsync(File, "precious", TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("init", "--defaults", "--config", File);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("does not overwrite it", Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.Equal("precious", await System.IO.File.ReadAllTextAsync(File, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("--primary ", "--primary", "two words")]
    [InlineData("--primary ", "--primary", "iqservice.corp.example")]
    [InlineData("--secondary ", "--secondary", "iqs1.corp.example")]
    [InlineData("--tls ", "--tls", "terminate")]
    [InlineData("--name ", "--name", "10.0.0.1")]
    [InlineData("--listen ", "--listen", "5050")]
    public async Task BadOption_OneSentenceAndNoFile(string start, params string[] options)
    {
        var run = await CommandRun.OfAsync(["init", "--defaults", "--config", File, .. options]);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("haproxynet init: " + start, Assert.Single(run.Error), StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(File));
    }

    [Fact]
    public async Task NoSuchFolder_OneSentence()
    {
        var run = await CommandRun.OfAsync("init", "--defaults", "--config", Path.Combine(_folder.FullName, "none", "x.json"));

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("cannot be written", Assert.Single(run.Error), StringComparison.Ordinal);
    }
}
