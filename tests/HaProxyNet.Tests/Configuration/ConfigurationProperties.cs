using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration;

public sealed class ConfigurationProperties
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    [Fact]
    public void Read_WhatValidOptionsSay_TheSameOptions() =>
        ConfigurationGen.Options.Sample(
            options =>
            {
                var reading = ConfigurationSample.Load(Write(options)).Reading;
                Assert.Empty(reading.Faults);
                Assert.Equal(Sorted(Write(options)), Sorted(Write(reading.Options!)));
            },
            iter: 200,
            threads: 1);

    [Fact]
    public void Read_OneLetterOfOneKeyWrong_ExactlyThatFault() =>
        Gen.Select(ConfigurationGen.Options, Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Int[0, 2], Gen.Char[Letters]).Sample(
            (options, which, position, kind, letter) =>
            {
                var document = JsonNode.Parse(Write(options))!;
                var keys = KnownKeys(document["HaProxyNet"]!, "HaProxyNet", KeyKind.Known).ToArray();
                var (parent, key, path) = keys[which % keys.Length];
                var wrong = Mutate(key, position % key.Length, kind, letter);
                if (parent.Any(sibling => sibling.Key.Equals(wrong, StringComparison.OrdinalIgnoreCase)))
                {
                    return;
                }

                var value = parent[key];
                parent.Remove(key);
                parent[wrong] = value;

                var fault = Assert.Single(ConfigurationSample.FaultsOf(document.ToJsonString()));
                Assert.Equal($"{path}.{wrong}", fault.Path);
                Assert.StartsWith($"unknown key '{wrong}'", fault.Problem);
                Assert.StartsWith("did you mean '", fault.Allowed);
                Assert.Contains($"'{key}'", fault.Allowed[..fault.Allowed.IndexOf('?')]);
            },
            iter: 500,
            threads: 1);

    [Fact]
    public void Load_FileWithRandomDamage_FaultsButNoException() =>
        Gen.Select(
            Gen.Int[0, ConfigurationSample.Valid.Length - 1],
            Gen.Int[0, 40],
            ConfigurationGen.OneOf("", "{", "}", "[", "]", "\"", ",", ":", "null", "0", "-1", "{}", "[]", "\"\"", "\u0000", "x"))
            .Array[1, 3]
            .Sample(
                damages =>
                {
                    var text = damages.Aggregate(ConfigurationSample.Valid, (damaged, damage) =>
                    {
                        var start = Math.Min(damage.Item1, damaged.Length);
                        return damaged[..start] + damage.Item3 + damaged[Math.Min(damaged.Length, start + damage.Item2)..];
                    });
                    var reading = ConfigurationSample.Load(text).Reading;
                    Assert.Equal(reading.Faults.Count == 0, reading.IsValid);
                    Assert.All(reading.Faults, fault => Assert.DoesNotContain('\n', fault.ToString()));
                },
                iter: 1_000,
                threads: 1);

    private static string Write(ProxyOptions options) =>
        JsonSerializer.Serialize(new ConfigurationDocument { HaProxyNet = options }, ConfigurationKeys.Default.ConfigurationDocument);

    /// <summary>.NET's configuration gives names in the order of the alphabet.</summary>
    private static string Sorted(string json) => Sorted(JsonNode.Parse(json)!).ToJsonString();

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject settings => new JsonObject(settings
            .OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .Select(setting => KeyValuePair.Create(setting.Key, setting.Value is { } value ? Sorted(value) : null))),
        JsonArray list => new JsonArray([.. list.Select(item => Sorted(item!))]),
        _ => node.DeepClone(),
    };

    private static string Mutate(string key, int position, int kind, char letter) => kind switch
    {
        0 => key.Insert(position, letter.ToString()),
        1 => key.Remove(position, 1),
        _ => key.Remove(position, 1).Insert(position, letter.ToString()),
    };

    private enum KeyKind
    {
        Known,
        Name,
    }

    /// <summary>Every key of the file but the names that its author chose.</summary>
    private static IEnumerable<(JsonObject Parent, string Key, string Path)> KnownKeys(JsonNode? node, string path, KeyKind kind)
    {
        if (node is JsonArray list)
        {
            return list.SelectMany((item, index) => KnownKeys(item, $"{path}[{index}]", KeyKind.Known));
        }

        if (node is not JsonObject settings)
        {
            return [];
        }

        var below = settings.SelectMany(setting =>
            KnownKeys(
                setting.Value,
                $"{path}.{setting.Key}",
                setting.Key is "Listeners" or "Clusters" && path is "HaProxyNet" ? KeyKind.Name : KeyKind.Known));
        return kind == KeyKind.Name ? below : below.Concat(settings.Select(setting => (settings, setting.Key, path)));
    }
}
