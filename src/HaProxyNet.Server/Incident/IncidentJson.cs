using System.Text.Json.Serialization;

namespace HaProxyNet.Server.Incident;

/// <summary>The JSON form of the report.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(IncidentReport))]
internal sealed partial class IncidentJson : JsonSerializerContext;
