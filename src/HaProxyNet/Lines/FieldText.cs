using System.Text;

namespace HaProxyNet.Lines;

/// <summary>The text of a line that writes its own fields.</summary>
internal static class FieldText
{
    /// <summary>Longer than any line whose names are of a usual length.</summary>
    private const int UsualLength = 512;

    /// <summary>Writes it; false when there is no room.</summary>
    public static bool TryWrite<T>(in T line, Span<byte> room, out int bytesWritten)
        where T : struct, IFieldSource
    {
        var fields = new TextFields(room);
        line.WriteTo(ref fields);
        bytesWritten = fields.Written;
        return !fields.IsShort;
    }

    /// <summary>As a text of .NET.</summary>
    public static string Of<T>(in T line)
        where T : struct, IFieldSource
    {
        for (var length = UsualLength; ; length *= 2)
        {
            var room = new byte[length];
            if (TryWrite(line, room, out var written))
            {
                return Encoding.UTF8.GetString(room, 0, written);
            }
        }
    }
}
