using System.Text.Json;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Packaging;

/// <summary>The container image, which no engine made: what is in it is unpacked and run, with its own user on a read-only root.</summary>
public sealed class ImageTests(PackageSet packages)
{
    private const long MostBytes = 30_000_000;

    [Fact]
    public async Task Image_RunsWithoutRightsOnAReadOnlyRoot_AndKnowsItsHealth()
    {
        Assert.SkipUnless(
            PackageSet.IsNative,
            "needs a native executable, which HAPROXYNET_NATIVE names: the stand-in needs libraries that the image does not have");
        var bubblewrap = Requirement.Command("bwrap", "bubblewrap");
        Requirement.Command("jq");
        using var folder = new ScratchFolder();
        var (config, layer) = await UnpackAsync(await packages.GetAsync("image", PackageSet.Old, "*-oci-*.tar"), folder);
        Assert.True(new FileInfo(layer).Length <= MostBytes, $"{new FileInfo(layer).Length} bytes to pull");
        Assert.Equal("10001:10001", config.GetProperty("User").GetString());
        string[] start = [.. config.GetProperty("Entrypoint").EnumerateArray().Select(word => word.GetString()!)];
        string[] health = [.. config.GetProperty("Healthcheck").GetProperty("Test").EnumerateArray().Skip(1)
            .Select(word => word.GetString()!)];
        using var primary = new EchoServer();
        var (port, admin) = (FreePorts.Next(), FreePorts.Next());
        Directory.CreateDirectory(folder.File("etc"));
        folder.Write("etc/haproxynet.json", $$"""
            { "HaProxyNet": { "Admin": { "Endpoint": "0.0.0.0:{{admin}}" },
              "Listeners": { "front": { "Endpoint": "127.0.0.1:{{port}}", "Cluster": "pair" } },
              "Clusters": { "pair": { "Destinations": [ { "Name": "primary", "Address": "{{primary.Address}}" } ] } } } }
            """);
        string[] container =
        [
            bubblewrap, "--unshare-user", "--unshare-pid", "--unshare-ipc", "--uid", "10001", "--gid", "10001", "--cap-drop", "ALL",
            "--clearenv",
            "--ro-bind", folder.File("root"), "/", "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp", "--ro-bind", folder.File("etc"),
            "/etc/haproxynet", "--",
        ];

        await using var proxy = new ProcessUnderTest(
            "container", container[0], [.. container[1..], .. start, "run", "--config", "/etc/haproxynet/haproxynet.json"]);
        await proxy.HasWrittenAsync("accepts on");
        using (var client = await EchoClient.ConnectAsync(port))
        {
            await client.ExchangeAsync();
        }

        (await CommandResult.OfAsync(container[0], [.. container[1..], .. health])).ExpectSuccess("the health check");
        await proxy.KillAsync();
        Assert.Equal(1, (await CommandResult.OfAsync(container[0], [.. container[1..], .. health])).ExitCode);
    }

    private static async Task<(JsonElement Config, string Layer)> UnpackAsync(string archive, ScratchFolder folder)
    {
        var (image, root) = (folder.File("image"), folder.File("root"));
        Directory.CreateDirectory(image);
        Directory.CreateDirectory(root);
        (await CommandResult.OfAsync("tar", "-xf", archive, "-C", image)).ExpectSuccess("the archive");
        var index = Read(Path.Combine(image, "index.json"));
        var manifest = Read(BlobOf(image, index.GetProperty("manifests")[0]));
        var layer = BlobOf(image, manifest.GetProperty("layers")[0]);
        (await CommandResult.OfAsync("tar", "--no-same-owner", "-xf", layer, "-C", root)).ExpectSuccess("the layer");
        return (Read(BlobOf(image, manifest.GetProperty("config"))).GetProperty("config"), layer);
    }

    private static string BlobOf(string image, JsonElement descriptor)
        => Path.Combine(image, "blobs", descriptor.GetProperty("digest").GetString()!.Replace(':', '/'));

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return document.RootElement.Clone();
    }
}
