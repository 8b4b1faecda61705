using System.Text.Json.Serialization;

namespace HaProxyNet.Management.History.Records;

/// <summary>The JSON form of a record, in the files and at the admin endpoint.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(HistoryRecord))]
[JsonSerializable(typeof(HistoryDocument))]
public sealed partial class HistoryJson : JsonSerializerContext;
