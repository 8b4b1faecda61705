using System.Net;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>What every contender is told, in the same words.</summary>
internal sealed record ProxySetup
{
    /// <summary>Where it listens.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>The destination that it must prefer.</summary>
    public required IPEndPoint Primary { get; init; }

    /// <summary>The destination for when the primary does not accept.</summary>
    public required IPEndPoint Secondary { get; init; }

    /// <summary>Where its admin endpoint may listen, if it has one.</summary>
    public required IPEndPoint Admin { get; init; }

    /// <summary>How many threads (or workers) may carry traffic.</summary>
    public required int Threads { get; init; }

    /// <summary>The CPUs that it is pinned to; empty: anywhere.</summary>
    public required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>The certificate on which it ends TLS; null: bytes are bytes.</summary>
    public TlsFiles? Tls { get; init; }

    /// <summary>A whole configuration of HaProxyNet, for works that only it does; null: the one-line form.</summary>
    public string? Configuration { get; init; }

    /// <summary>Environment variables of HaProxyNet.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether connections begin with a PROXY header (v2), and the destination gets one.</summary>
    public bool HasHeaders { get; init; }

    /// <summary>An empty folder of its own.</summary>
    public required string Folder { get; init; }
}
