namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>A file and an environment to read it in.</summary>
/// <param name="Content">The bytes of the file.</param>
/// <param name="Environment">Settings that win over it, by key with colons.</param>
internal sealed record FuzzedConfiguration(byte[] Content, IReadOnlyList<KeyValuePair<string, string?>> Environment)
{
    /// <summary>For a report: enough to repeat it.</summary>
    public override string ToString()
        => $"{string.Join(' ', Environment.Select(e => $"{e.Key}={e.Value}"))}\n{System.Text.Encoding.UTF8.GetString(Content)}\n"
            + $"{Convert.ToBase64String(Content)}";
}
