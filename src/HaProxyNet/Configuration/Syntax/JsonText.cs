using System.Text;
using System.Text.Json;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Syntax;

/// <summary>
/// A configuration file as JSON. .NET's configuration provider gives up at a key that stands twice, or does so because it
/// contains the provider's own delimiter; here all such keys are found, and the file without them can be read on.
/// </summary>
internal sealed class JsonText : IDisposable
{
    private const string Example = $"an object: {{ \"{ProxyOptions.SectionName}\": {{ … }} }}";

    private static readonly JsonDocumentOptions _relaxed = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly JsonDocument _document;
    private readonly List<KeyFault> _badKeys = [];

    private JsonText(JsonDocument document)
    {
        _document = document;
        Find(document.RootElement, parent: null);
    }

    /// <summary>Keys that cannot be read on.</summary>
    public IReadOnlyList<KeyFault> BadKeys => _badKeys;

    public IEnumerable<string> TopKeys => Readable(_document.RootElement).Select(property => property.Name);

    /// <summary>Reads JSON; otherwise says at which line and column it is none.</summary>
    public static JsonText? Parse(string path, string text, out ConfigurationFault? malformed)
    {
        malformed = null;
        if (string.IsNullOrWhiteSpace(text))
        {
            malformed = new ConfigurationFault(path, "the file is empty", Example);
            return null;
        }

        try
        {
            if (HalfCharacters.Find(text) is { } half)
            {
                malformed = new ConfigurationFault(
                    $"{path}:{half.Line}:{half.Column}",
                    $"half a character at line {half.Line}, column {half.Column}: {half.Escape} has no other half",
                    "both halves, such as \\ud83d\\ude00, or the character itself");
                return null;
            }

            var document = JsonDocument.Parse(text, _relaxed);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return new JsonText(document);
            }

            document.Dispose();
            malformed = new ConfigurationFault(path, "the file is JSON, but not an object", Example);
        }
        catch (JsonException syntax)
        {
            var line = (int)(syntax.LineNumber ?? 0);
            var column = Column(text, line, (int)(syntax.BytePositionInLine ?? 0));
            malformed = new ConfigurationFault(
                $"{path}:{line + 1}:{column}",
                $"not JSON at line {line + 1}, column {column}: {Reason(syntax)}",
                "valid JSON (comments and trailing commas are allowed)");
        }

        return null;
    }

    /// <summary>The file without the bad keys; of those that stand twice the first one stays.</summary>
    public Stream WithoutBadKeys()
    {
        var content = new MemoryStream();
        using (var writer = new Utf8JsonWriter(content))
        {
            Write(_document.RootElement, writer);
        }

        content.Position = 0;
        return content;
    }

    public void Dispose() => _document.Dispose();

    private static IEnumerable<JsonProperty> Readable(JsonElement element) =>
        element.EnumerateObject().Where(property => !HasDelimiter(property.Name))
            .DistinctBy(property => property.Name, StringComparer.OrdinalIgnoreCase);

    private static bool HasDelimiter(string key) => key.Contains(ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static void Write(JsonElement element, Utf8JsonWriter writer)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in Readable(element))
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(item, writer);
                }

                writer.WriteEndArray();
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>The parser counts bytes of UTF-8; an editor counts characters.</summary>
    private static int Column(string text, int line, int bytes)
    {
        var content = text.Split('\n').ElementAtOrDefault(line) ?? "";
        var utf8 = Encoding.UTF8.GetBytes(content);
        return Encoding.UTF8.GetCharCount(utf8, 0, Math.Min(bytes, utf8.Length)) + 1;
    }

    /// <summary>The message without the position, which is counted from zero there.</summary>
    private static string Reason(JsonException syntax)
    {
        var position = syntax.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (position < 0 ? syntax.Message : syntax.Message[..position]).TrimEnd('.');
    }

    private void Find(JsonElement element, SettingPath? parent)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in element.EnumerateArray())
            {
                Find(item, (parent ?? new SettingPath("", "")).Element(index++));
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
            foreach (var property in element.EnumerateObject())
            {
                var path = parent?.Child(property.Name) ?? SettingPath.Top(property.Name);
                if (HasDelimiter(property.Name))
                {
                    _badKeys.Add(new KeyFault(
                        path,
                        $"the key '{property.Name}' contains '{ConfigurationPath.KeyDelimiter}'",
                        "one object in another, or another name"));
                }
                else if (!seen.Add(property.Name))
                {
                    _badKeys.Add(new KeyFault(path, "this key stands here twice", "each key once (upper and lower case are the same)"));
                }

                Find(property.Value, path);
            }
        }
    }
}
