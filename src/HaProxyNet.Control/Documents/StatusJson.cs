using System.Text.Json.Serialization;

namespace HaProxyNet.Control.Documents;

/// <summary>The JSON form of the documents under <c>/api/v1/</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProxyStatus))]
[JsonSerializable(typeof(IReadOnlyList<SessionEntry>))]
[JsonSerializable(typeof(IReadOnlyList<StateEvent>))]
[JsonSerializable(typeof(Explanation))]
public sealed partial class StatusJson : JsonSerializerContext;
