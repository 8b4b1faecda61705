namespace HaProxyNet.FuzzTests;

/// <summary>A parser that is fuzzed: how its inputs are made, and what must be true of it.</summary>
internal interface IFuzzTarget
{
    /// <summary>What the command line calls it, and the ending of its files in the corpus.</summary>
    string Name { get; }

    /// <summary>How inputs can end, in the order of the numbers that <see cref="Parse"/> returns.</summary>
    IReadOnlyList<string> Ends { get; }

    /// <summary>Makes inputs, one a call.</summary>
    Func<byte[]> Inputs(IReadOnlyList<byte[]> corpus, Random random);

    /// <summary>Only parses, and says how it ended.</summary>
    int Parse(ReadOnlySpan<byte> wire);

    /// <summary>What is not true of the parser for this input; null when all is.</summary>
    string? FaultOf(ReadOnlySpan<byte> wire, Random random);

    /// <summary>What the parser makes of an input, in the words of the corpus.</summary>
    string Describe(ReadOnlySpan<byte> wire);
}
