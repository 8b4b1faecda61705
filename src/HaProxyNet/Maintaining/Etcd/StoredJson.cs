using System.Text.Json.Serialization;

namespace HaProxyNet.Maintaining.Etcd;

/// <summary>The JSON form of what is stored.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(StoredDocument))]
internal sealed partial class StoredJson : JsonSerializerContext;
