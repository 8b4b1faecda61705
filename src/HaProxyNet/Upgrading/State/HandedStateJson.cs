using System.Text.Json.Serialization;

namespace HaProxyNet.Upgrading.State;

/// <summary>The JSON form of what is handed over once.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(HealthReasonJson)])]
[JsonSerializable(typeof(HandedState))]
internal sealed partial class HandedStateJson : JsonSerializerContext;
