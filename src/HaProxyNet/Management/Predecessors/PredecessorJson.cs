using System.Text.Json.Serialization;

namespace HaProxyNet.Management.Predecessors;

/// <summary>The form in which reports go from process to process.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PredecessorReport>))]
internal sealed partial class PredecessorJson : JsonSerializerContext;
