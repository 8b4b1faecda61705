using System.Collections.Concurrent;
using System.Text;

namespace HaProxyNet.Server.Logging.Formats;

/// <summary>The names of fields as machines get them: <c>ConnectMs</c> is <c>connect_ms</c>.</summary>
internal static class FieldName
{
    /// <summary>What every record has by itself.</summary>
    private static readonly string[] _taken = ["time", "level", "category", "event", "message", "exception"];

    private static readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);

    /// <summary>The name of a placeholder, as UTF-8; null: it is not a field of the event but its template.</summary>
    public static byte[]? Of(string placeholder)
        => placeholder is "{OriginalFormat}" ? null : _known.GetOrAdd(placeholder, static name => Encoding.UTF8.GetBytes(Snake(name)));

    private static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name.Where(char.IsAsciiLetterOrDigit))
        {
            if (char.IsAsciiLetterUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return _taken.Contains(text.ToString()) ? text.Append('_').ToString() : text.ToString();
    }
}
