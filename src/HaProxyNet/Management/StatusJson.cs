using System.Text.Json.Serialization;

namespace HaProxyNet.Management;

/// <summary>The JSON form of the status.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProxyStatus))]
public sealed partial class StatusJson : JsonSerializerContext;
