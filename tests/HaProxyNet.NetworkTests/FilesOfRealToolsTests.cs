using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests;

/// <summary>Keys and PFX files as this machine's openssl writes them in all its old ways, given to <c>check</c>.</summary>
public sealed class FilesOfRealToolsTests
{
    private const string Password = "s3cret";
    private const string Legacy = " -provider legacy -provider default";

    /// <summary>By name: the command that makes the file, and what <c>check</c> says of it; null: it is read.</summary>
    private static readonly (string Name, string Command, string? Fault)[] _files =
    [
        ("md5des", $"pkcs8 -topk8 -in plain -v1 PBE-MD5-DES -passout pass:{Password} -out md5des{Legacy}", null),
        ("rc2", $"pkcs8 -topk8 -in plain -v1 PBE-SHA1-RC2-40 -passout pass:{Password} -out rc2{Legacy}", null),
        ("des3", $"pkcs8 -topk8 -in plain -v1 PBE-SHA1-3DES -passout pass:{Password} -out des3", null),
        ("rc4", $"pkcs8 -topk8 -in plain -v1 PBE-SHA1-RC4-128 -passout pass:{Password} -out rc4{Legacy}",
            "is encrypted with RC4, which is not read (openssl pkcs8"),
        ("camellia", $"pkcs8 -topk8 -in plain -v2 camellia-256-cbc -passout pass:{Password} -out camellia",
            "is encrypted with Camellia, which is not read (openssl pkcs8"),
        ("md5sum", $"pkcs8 -topk8 -in plain -v2 aes-256-cbc -v2prf hmacWithMD5 -passout pass:{Password} -out md5sum",
            "is encrypted with a key made by HMAC-MD5, which is not read (openssl pkcs8"),
        ("aria.pfx", $"pkcs12 -export -certpbe aria-256-cbc -keypbe aria-256-cbc -in vip.pem -inkey plain -passout pass:{Password} "
            + "-out aria.pfx", "is encrypted with ARIA, which is not read (openssl pkcs12"),
        ("sha3.pfx", $"pkcs12 -export -macalg sha3-256 -in vip.pem -inkey plain -passout pass:{Password} -out sha3.pfx",
            "is encrypted with a sum in SHA3-256, which is not read (openssl pkcs12"),
        ("traditional", $"ec -in plain -aes256 -passout pass:{Password} -out traditional",
            "is encrypted in OpenSSL's old form, which is not read (openssl pkcs8"),
        ("windows.pfx", $"pkcs12 -export -legacy -in vip.pem -inkey plain -passout pass:{Password} -out windows.pfx", null),
        ("rc4.pfx", "pkcs12 -export -certpbe PBE-SHA1-RC4-128 -keypbe PBE-SHA1-RC4-128 -in vip.pem -inkey plain "
            + $"-passout pass:{Password} -out rc4.pfx{Legacy}",
            "is encrypted with RC4, which is not read (openssl pkcs12"),
    ];

    [Fact]
    public async Task KeysAndPfxFiles_OfOpenssl_AreReadOrNamed()
    {
        var shell = Requirement.Command("bash");
        Requirement.Command("openssl");
        using var folder = new ScratchFolder();
        var commands = _files.Select(file => "openssl " + file.Command)
            .Prepend("openssl req -x509 -key plain -out vip.pem -subj /CN=vip.example -addext subjectAltName=DNS:vip.example -days 300")
            .Prepend("openssl ecparam -name prime256v1 -genkey -noout -out plain");
        (await CommandResult.OfAsync(shell, "-ec", $"cd {folder.Path}; {string.Join("; ", commands)}")).ExpectSuccess("openssl");

        var file = folder.Write("haproxynet.json", Configuration());
        string[] command = [.. BuildOutput.ProxyCommand, "check", "--no-bind", "--config", file];
        var check = await CommandResult.OfAsync(command[0], command[1..]);

        foreach (var (name, _, fault) in _files)
        {
            var lines = check.Output.Split('\n').Where(line => line.StartsWith($"HaProxyNet.Listeners.{name}.", StringComparison.Ordinal));
            var said = string.Join('\n', lines);
            var isRight = fault is null ? said.Length == 0 : said.Contains(fault, StringComparison.Ordinal);
            Assert.True(isRight, $"{name}: {said}\n{check.Output}");
        }

        Assert.Equal(1, check.ExitCode);
    }

    private static string Configuration()
    {
        var listeners = new JsonObject();
        foreach (var (name, _, _) in _files)
        {
            var isPfx = name.EndsWith(".pfx", StringComparison.Ordinal);
            var certificate = new JsonObject { ["Path"] = isPfx ? name : "vip.pem", ["Password"] = Password };
            if (!isPfx)
            {
                certificate["KeyPath"] = name;
            }

            listeners[name] = new JsonObject
            {
                ["Endpoint"] = $"127.0.0.1:{20_000 + listeners.Count}",
                ["Cluster"] = "agents",
                ["Tls"] = new JsonObject { ["Mode"] = "Terminate", ["Certificate"] = certificate },
            };
        }

        var cluster = JsonNode.Parse("""{ "Destinations": [ { "Name": "primary", "Address": "127.0.0.1:5050" } ] }""");
        var settings = new JsonObject { ["Listeners"] = listeners, ["Clusters"] = new JsonObject { ["agents"] = cluster } };
        return new JsonObject { ["HaProxyNet"] = settings }.ToJsonString();
    }
}
