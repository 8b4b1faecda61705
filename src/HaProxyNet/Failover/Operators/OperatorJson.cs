using System.Text.Json.Serialization;

namespace HaProxyNet.Failover.Operators;

/// <summary>The JSON form of the state file.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    WriteIndented = true)]
[JsonSerializable(typeof(OperatorDecisions))]
internal sealed partial class OperatorJson : JsonSerializerContext;
