using HaProxyNet.Upgrading;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Tests.Upgrading;

public sealed class SuccessorCommandTests
{
    private static readonly string _real = Environment.ProcessPath!;

    [Fact]
    public void Of_NoBinary_TakesTheOneThatRunsWithItsArguments()
    {
        var start = SuccessorCommand.Of(binary: null, _real, ["whatever.dll", "run", "--config", "a b.json"], 17);

        Assert.Equal(_real, start.FileName);
        Assert.Equal(["run", "--config", "a b.json"], start.ArgumentList);
        Assert.Equal("17", start.Environment[SuccessorCommand.Variable]);
    }

    [Fact]
    public void Of_ReplacedByAPackage_TakesWhatStandsInItsPlace()
        => Assert.Equal(_real, SuccessorCommand.Of(binary: null, _real + " (deleted)", ["x", "run"], 3).FileName);

    [Fact]
    public void Of_RunByDotnet_KeepsTheProgram()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var dotnet = Path.Combine(folder.FullName, "dotnet");
            File.WriteAllText(dotnet, "");

            Assert.Equal(["proxy.dll", "run"], SuccessorCommand.Of(binary: null, dotnet, ["proxy.dll", "run"], 3).ArgumentList);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Of_NoSuchExecutable_IsSaid()
        => Assert.Equal(
            "there is no executable /no/such/proxy",
            Assert.Throws<HandoverException>(() => SuccessorCommand.Of("/no/such/proxy", _real, ["x"], 3)).Message);
}
