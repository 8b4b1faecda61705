namespace HaProxyNet.Machine;

/// <summary>
/// A secret that stands in a file or in an environment variable. It is read each time, so that a new one needs no restart.
/// </summary>
/// <param name="File">The file; empty: none.</param>
/// <param name="Variable">The variable; empty: none.</param>
internal sealed record Secret(string File, string Variable)
{
    private const int Longest = 16 * 1024;

    /// <summary>Its first line; null: there is none, or it is not to be read.</summary>
    public string? Read()
    {
        var text = Variable.Length > 0 ? Environment.GetEnvironmentVariable(Variable) : File.Length > 0 ? FirstLine() : null;
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    /// <summary>Where it stands, for messages.</summary>
    public override string ToString() => Variable.Length > 0 ? $"the environment variable {Variable}" : File;

    private string? FirstLine()
    {
        try
        {
            using var reader = new StreamReader(File);
            var text = new char[Longest];
            var read = reader.ReadBlock(text);
            return new string(text, 0, read).Split('\n')[0];
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
