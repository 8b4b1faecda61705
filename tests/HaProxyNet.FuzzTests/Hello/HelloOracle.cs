using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>What must be true of the parser for any bytes whatever. Every span has the exact size of what is in it.</summary>
internal static class HelloOracle
{
    /// <summary>What is not true; null when all is. The random numbers choose where to cut.</summary>
    public static string? FaultOf(ReadOnlySpan<byte> wire, Random random)
    {
        var result = HelloParser.Parse(wire);
        var said = ReferenceResult.Of(result);
        var reference = ReferenceParser.Parse(wire);
        if (said != reference)
        {
            return $"the parser says '{said.Text}', the reference '{reference.Text}'";
        }

        return FaultOfCut(wire, result, said, random.Next(wire.Length + 1))
            ?? FaultOfBounds(wire, result, said)
            ?? FaultOfSplit(wire, result, random);
    }

    /// <summary>A part of the bytes needs more, or says the same: nothing that was said is taken back when more bytes come.</summary>
    public static string? FaultOfCut(ReadOnlySpan<byte> wire, in HelloResult result, ReferenceResult said, int cut)
    {
        var early = HelloParser.Parse(wire[..cut]);
        if (early.Status is HelloStatus.NeedMore)
        {
            return early.AtLeast <= cut ? $"the first {cut} bytes need at least {early.AtLeast}"
                : result.Status is HelloStatus.Complete
                    && early.AtLeast > wire.Length ? $"the first {cut} bytes need at least {early.AtLeast}, but {wire.Length} are enough"
                : result.Status is HelloStatus.Complete
                    && early.AtLeast - 1 > cut
                    && HelloParser.Parse(wire[..(early.AtLeast - 1)]).Status is not HelloStatus.NeedMore
                    ? $"the first {cut} bytes need at least {early.AtLeast}, but one less is enough"
                    : null;
        }

        return early.Fault != result.Fault || ReferenceResult.Of(early) != said
            ? $"the first {cut} bytes say '{ReferenceResult.Of(early).Text}' {early.Fault}, all of them '{said.Text}' {result.Fault}"
            : null;
    }

    private static string? FaultOfBounds(ReadOnlySpan<byte> wire, in HelloResult result, ReferenceResult said) => result.Status switch
    {
        HelloStatus.NeedMore when result.AtLeast <= wire.Length || result.AtLeast > HelloParser.MostBytes
            => $"it needs {result.AtLeast} bytes, and has {wire.Length}",
        HelloStatus.Complete when result.Hello is null || said.Length > HelloParser.LongestMessage || said.Name is ""
            => "a complete hello that cannot be",
        HelloStatus.Malformed or HelloStatus.NotTls or HelloStatus.TooLarge when result.Fault is HelloFault.None
            => "a fault without a reason",
        _ => null,
    };

    /// <summary>The same message in other records is the same hello.</summary>
    private static string? FaultOfSplit(ReadOnlySpan<byte> wire, in HelloResult result, Random random)
    {
        if (result.Hello is not { } hello)
        {
            return null;
        }

        var message = new byte[hello.Length];
        HelloRecords.Join(wire, message);
        var lengths = new int[random.Next(1, 6)];
        foreach (ref var length in lengths.AsSpan())
        {
            length = random.Next(1, random.Next(2) == 0 ? 64 : message.Length + 1);
        }

        var other = HelloModel.Wire(hello.RecordVersion, message, lengths);
        var again = HelloParser.Parse(other);
        return other.Length > HelloParser.MostBytes
            ? again.Status is HelloStatus.TooLarge ? null : $"in {other.Length} bytes of records it is {again.Status}"
            : ReferenceResult.Of(again) with { Records = hello.Records } != ReferenceResult.Of(result)
                ? "in records "
                    + $"of {string.Join(", ", lengths)} it is '{ReferenceResult.Of(again).Text}', else '{ReferenceResult.Of(result).Text}'"
                : null;
    }
}
