using System.Text.Json;
using System.Text.Json.Serialization;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Upgrading.State;

/// <summary>Reasons go from process to process as their labels: another version may number them in another way.</summary>
internal sealed class HealthReasonJson : JsonConverter<HealthReason>
{
    public override HealthReason Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        => HealthReasons.Read(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, HealthReason value, JsonSerializerOptions options)
        => writer.WriteStringValue(value.Label());
}
