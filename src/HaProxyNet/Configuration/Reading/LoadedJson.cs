using Microsoft.Extensions.Configuration.Json;

namespace HaProxyNet.Configuration.Reading;

/// <summary>The settings of a file. Immutable after its load; any thread.</summary>
internal sealed class LoadedJson(Stream content) : JsonStreamConfigurationProvider(new JsonStreamConfigurationSource { Stream = content })
{
    private ChildKeys _keys = new([]);

    /// <summary>Settings of a file that was not read yet.</summary>
    public static LoadedJson Nothing { get; } = new(Stream.Null);

    public override void Load()
    {
        base.Load();
        _keys = new ChildKeys(Data.Keys);
    }

    public override IEnumerable<string> GetChildKeys(IEnumerable<string> earlierKeys, string? parentPath)
        => _keys.Below(parentPath, earlierKeys);
}
