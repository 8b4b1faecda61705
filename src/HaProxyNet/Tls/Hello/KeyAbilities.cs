namespace HaProxyNet.Tls.Hello;

/// <summary>What a client says in its hello about the signatures that it can verify.</summary>
/// <param name="Suites">The cipher suites that it offers.</param>
/// <param name="Schemes">The signature schemes (extension signature_algorithms); null: it did not say.</param>
/// <param name="Groups">The groups, curves among them (extension supported_groups); null: it did not say.</param>
internal sealed record KeyAbilities(IReadOnlyList<ushort> Suites, IReadOnlyList<ushort>? Schemes, IReadOnlyList<ushort>? Groups)
{
    /// <summary>Reads them; a list that is broken counts as one that is not there.</summary>
    public static KeyAbilities Read(ReadOnlySpan<byte> suites, in HelloExtensions extensions) => new(
        Numbers(suites),
        extensions.Schemes.IsEmpty ? null : List(extensions.Schemes),
        extensions.Groups.IsEmpty ? null : List(extensions.Groups));

    private static List<ushort>? List(ReadOnlySpan<byte> extension)
        => new HelloReader(extension) is var reader && reader.TryReadList(out var list) ? Numbers(list) : null;

    private static List<ushort> Numbers(ReadOnlySpan<byte> list)
    {
        var numbers = new List<ushort>(list.Length / 2);
        var reader = new HelloReader(list);
        while (reader.TryReadNumber(out var number))
        {
            numbers.Add(number);
        }

        return numbers;
    }
}
