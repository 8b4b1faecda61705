using System.Text.Json.Serialization;
using HaProxyNet.Management.Page.Timelines;

namespace HaProxyNet.Management.Page;

/// <summary>The JSON form of what pages are sent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PageState))]
[JsonSerializable(typeof(Timeline))]
internal sealed partial class PageJson : JsonSerializerContext;
