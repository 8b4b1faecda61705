using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Logs;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tests.Architecture;
using HaProxyNet.Tests.Configuration;

namespace HaProxyNet.Tests.Documentation;

/// <summary>
/// Every json snippet of the documentation can be copied: a whole file passes <c>check</c> as it stands, without a warning; a fragment (one
/// or more keys, without the braces around them) does in its place in a file.
/// </summary>
public sealed partial class JsonSnippetsTests
{
    public static TheoryData<string> Documents => new(
        Directory.EnumerateFiles(SourceFile.Root(), "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(SourceFile.Root(), "docs"), "*.md"))
                .Select(file => Path.GetRelativePath(SourceFile.Root(), file)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Documents))]
    public void Snippets_EachOne_PassesCheck(string document)
    {
        foreach (var snippet in Snippet()
            .Matches(File.ReadAllText(Path.Combine(SourceFile.Root(), document)))
            .Select(m => m.Groups["json"].Value))
        {
            var reading = ConfigurationSample.Load(IsWhole(snippet) ? snippet : InItsPlace(snippet)).Reading;
            Assert.True(
                !reading.Faults.Concat(reading.Warnings).Any(), $"{snippet}\n{string.Join('\n', reading.Faults.Concat(reading.Warnings))}");
        }
    }

    private static bool IsWhole(string snippet) => snippet.TrimStart().StartsWith('{');

    /// <summary>
    /// Root's keys into the root, a cluster's into every cluster, a listener's into every listener; a key that is none of them is a fault.
    /// </summary>
    private static string InItsPlace(string fragment)
    {
        var file = JsonNode.Parse(ConfigurationSample.Valid)!;
        var root = file["HaProxyNet"]!.AsObject();
        foreach (var (key, value) in JsonNode.Parse(
            $"{{{fragment}}}", documentOptions: new JsonDocumentOptions { AllowTrailingCommas = true })!.AsObject())
        {
            if (key is nameof(ProxyOptions.Clusters) or nameof(ProxyOptions.Listeners))
            {
                // Other clusters than those of the sample: what the fragment leaves out is added for the file to be whole.
                root[key] = value!.DeepClone();
                Complete(root, key);
            }
            else
            {
                Put(root, key, value);
            }
        }

        return file.ToJsonString();
    }

    private static void Complete(JsonObject root, string given)
    {
        var clusters = root[nameof(ProxyOptions.Clusters)]!.AsObject();
        if (given is nameof(ProxyOptions.Listeners))
        {
            var sample = clusters.First().Value!;
            if (root[nameof(ProxyOptions.Listeners)]!.AsObject().Any(l => Terminates(l.Value![nameof(ListenerOptions.Tls)])))
            {
                EncryptAgain(root);
            }

            var named = root[nameof(ProxyOptions.Listeners)]!
                .AsObject()
                .SelectMany(l => l.Value![nameof(ListenerOptions.Routes)]?.AsArray().Append(l.Value) ?? [l.Value])
                    .Select(user => (string)user![nameof(ListenerOptions.Cluster)]!).Distinct();
            root[nameof(ProxyOptions.Clusters)] =
                new JsonObject(named.Select(name => KeyValuePair.Create(name, (JsonNode?)sample.DeepClone())));
        }
        else if (given is nameof(ProxyOptions.Clusters))
        {
            root[nameof(ProxyOptions.Listeners)] = new JsonObject(clusters.Select((cluster, i) => KeyValuePair.Create(
                cluster.Key, (JsonNode?)new JsonObject { ["Endpoint"] = $"127.0.0.1:{5050 + i}", ["Cluster"] = cluster.Key })));
        }
    }

    private static void Put(JsonObject root, string key, JsonNode? value)
    {
        // Both have TLS; only a listener's has a mode.
        var isOfListeners = key is nameof(ListenerOptions.Tls) && value!.AsObject().ContainsKey(nameof(ListenerTlsOptions.Mode));
        if (isOfListeners && Terminates(value))
        {
            EncryptAgain(root);
        }

        if (!isOfListeners && typeof(ClusterOptions).GetProperty(key) is not null)
        {
            foreach (var (_, cluster) in root[nameof(ProxyOptions.Clusters)]!.AsObject())
            {
                cluster![key] = value!.DeepClone();
            }
        }
        else if (typeof(ListenerOptions).GetProperty(key) is not null && !IsLogOfRoot(key, value))
        {
            foreach (var (_, listener) in root[nameof(ProxyOptions.Listeners)]!.AsObject())
            {
                listener![key] = value!.DeepClone();
            }
        }
        else
        {
            root[key] = value!.DeepClone();
        }
    }

    /// <summary>Both have a log; only a listener's has lines of connections that go on.</summary>
    private static bool IsLogOfRoot(string key, JsonNode? value)
        => key is nameof(ProxyOptions.Log)
            && !value!.AsObject().Any(setting => typeof(ListenerLogOptions).GetProperty(setting.Key) is not null);

    private static bool Terminates(JsonNode? tls) => (string?)tls?[nameof(ListenerTlsOptions.Mode)] is nameof(TlsMode.Terminate);

    /// <summary>TLS that ends here is for agents that are given TLS again; plain bytes behind it are worth a warning.</summary>
    private static void EncryptAgain(JsonObject root)
        => Put(root, nameof(ClusterOptions.Tls), new JsonObject { [nameof(ClusterTlsOptions.Enabled)] = true });

    [GeneratedRegex(@"^```json\n(?<json>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Snippet();
}
