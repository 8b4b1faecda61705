namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>Cuts records that are too long for what carries them.</summary>
internal static class Cut
{
    /// <summary>The record, or its beginning with a word that something is missing. No character of UTF-8 is cut in two.</summary>
    public static ReadOnlySpan<byte> ToLength(ReadOnlySpan<byte> record, int longest)
    {
        if (record.Length <= longest)
        {
            return record;
        }

        var mark = "... (cut)"u8;
        var end = longest - mark.Length;
        while (end > 0 && (record[end] & 0xC0) == 0x80)
        {
            end--;
        }

        return (byte[])[.. record[..end], .. mark];
    }
}
