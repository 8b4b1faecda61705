using System.Text;
using HaProxyNet.Transport;

namespace HaProxyNet.Lines;

/// <summary>
/// A line's fields as structured logs of .NET take them: <c>ConnectMs</c> is the name of <c>connect_ms</c>, and the template is the last.
/// </summary>
internal sealed class FieldList : IFieldWriter
{
    private readonly List<KeyValuePair<string, object?>> _fields = [];
    private readonly StringBuilder _template = new();

    private FieldList()
    {
    }

    /// <inheritdoc/>
    public bool WantsEverything => false;

    /// <summary>The fields of a line.</summary>
    public static IReadOnlyList<KeyValuePair<string, object?>> Of<T>(in T line)
        where T : struct, IFieldSource
    {
        var list = new FieldList();
        line.WriteTo(ref list);
        list._fields.Add(new("{OriginalFormat}", list._template.ToString()));
        return list._fields;
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, string value) => AddValue(name, value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, long value) => AddValue(name, value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, ConnectionNumber value) => AddValue(name, value.ToString());

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value) => AddValue(name, value.Value);

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> name, PeerAddress value) => AddValue(name, value.ToString());

    private void AddValue(ReadOnlySpan<byte> name, object value)
    {
        var written = Encoding.ASCII.GetString(name);
        var key = string.Concat(written.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        _fields.Add(new(key, value));
        _template.Append(_template.Length == 0 ? "" : " ").Append(written).Append("={").Append(key).Append('}');
    }
}
