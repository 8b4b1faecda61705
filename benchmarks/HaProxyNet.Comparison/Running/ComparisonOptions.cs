namespace HaProxyNet.Comparison.Running;

/// <summary>What the command line asks for.</summary>
internal sealed record ComparisonOptions
{
    /// <summary>Names of the works, in order.</summary>
    public required IReadOnlyList<string> Works { get; init; }

    /// <summary>Products to compare with.</summary>
    public required IReadOnlyList<string> Peers { get; init; }

    /// <summary>Further peer configurations, <c>product=file</c>.</summary>
    public required IReadOnlyList<string> PeerFiles { get; init; }

    /// <summary>Rounds of every work; at least 5 for a table that is committed.</summary>
    public required int Rounds { get; init; }

    /// <summary>Length of one measurement.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Load before each measurement that is not counted: caches fill, code is compiled.</summary>
    public required TimeSpan WarmUp { get; init; }

    /// <summary>Threads of every contender.</summary>
    public required int Threads { get; init; }

    /// <summary>An already built proxy; null: publish it.</summary>
    public string? ProxyPath { get; init; }

    /// <summary>An earlier build of the proxy, compared with as with a peer; null: none.</summary>
    public string? BeforePath { get; init; }

    /// <summary>The proxy's transport engine.</summary>
    public required string Engine { get; init; }

    /// <summary>The CPUs to divide, in the kernel's form; null: those that this process may use.</summary>
    public string? AllowedCpus { get; init; }

    /// <summary>False: peers only.</summary>
    public required bool WithProxy { get; init; }
}
