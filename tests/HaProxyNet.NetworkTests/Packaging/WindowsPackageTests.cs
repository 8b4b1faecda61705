using System.Security.Cryptography;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>
/// The Windows zip and the MSI, made twice of the same files: the same bytes, whenever they are made. The executable in them is a stand-in,
/// for what is looked at is the packing.
/// </summary>
public sealed class WindowsPackageTests
{
    [Fact]
    public async Task Build_Twice_GivesTheSameBytes()
    {
        Requirement.Linux();
        Requirement.Command("wixl");
        Requirement.Command("python3");
        using var folder = new ScratchFolder();
        var first = await BuildAsync(folder, "first", DateTime.UnixEpoch.AddYears(40));
        var second = await BuildAsync(folder, "second", DateTime.UnixEpoch.AddYears(50));

        Assert.Equal(["haproxynet-0.1.0-win-x64.zip", "haproxynet-0.1.0-x64.msi"], first.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(first, second);
    }

    /// <summary>Builds both of files that were last written at a time of their own.</summary>
    private static async Task<Dictionary<string, string>> BuildAsync(ScratchFolder folder, string name, DateTime written)
    {
        var (work, output) = (folder.File($"{name}/work"), folder.File($"{name}/output"));
        Directory.CreateDirectory(Path.Combine(work, "windows"));
        Directory.CreateDirectory(output);
        foreach (var file in (string[])["windows/haproxynet.exe", "haproxynet.json", "haproxynet.schema.json"])
        {
            await File.WriteAllTextAsync(Path.Combine(work, file), $"a stand-in for {file}");
            File.SetLastWriteTimeUtc(Path.Combine(work, file), written);
        }

        var built = await CommandResult.OfAsync(
            "env", "TZ=UTC", $"root={BuildOutput.Source("")}", $"work={work}", $"output={output}", "version=0.1.0",
            "SOURCE_DATE_EPOCH=1700000000",
            "bash", BuildOutput.Source("packaging/windows/build.sh"));
        built.ExpectSuccess("packaging/windows/build.sh");
        return Directory.GetFiles(output).ToDictionary(
            file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
    }
}
