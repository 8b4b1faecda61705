using System.Text.Json.Serialization;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.Explaining;

namespace HaProxyNet.Management;

/// <summary>The JSON form of the documents under <c>/api/v1/</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ProxyStatus))]
[JsonSerializable(typeof(IReadOnlyList<SessionEntry>))]
[JsonSerializable(typeof(IReadOnlyList<StateEvent>))]
[JsonSerializable(typeof(Explanation))]
internal sealed partial class StatusJson : JsonSerializerContext;
