using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>The contenders of a run.</summary>
internal static class ContenderCatalog
{
    /// <summary>The products that this harness can drive as peers.</summary>
    public static IReadOnlyList<string> PeerProducts => [.. _configurations.Keys];

    private static readonly Dictionary<string, string[]> _configurations = new(StringComparer.Ordinal)
    {
        ["haproxy"] = ["default", "best", "splice", "tls", "fronted"],
        ["nginx"] = ["default", "best", "tls"],
    };

    /// <summary>Checks names of products.</summary>
    /// <exception cref="ComparisonException">One is not known.</exception>
    public static void ExpectKnown(IEnumerable<string> products)
    {
        if (products.FirstOrDefault(product => !PeerProducts.Contains(product)) is { } unknown)
        {
            throw new ComparisonException($"--peers: {unknown} is not known; allowed are {string.Join(", ", PeerProducts)}.");
        }
    }

    /// <summary>The baseline, HaProxyNet and an earlier build where they are given, the peers: the order of the rows.</summary>
    public static IReadOnlyList<Contender> All(IEnumerable<string> products, ComparisonOptions options) =>
    [
        new DirectContender(),
        .. Ours(options.ProxyPath, options.Engine, isBefore: false),
        .. Ours(options.BeforePath, options.Engine, isBefore: true),
        .. Peers(products, options.PeerFiles),
    ];

    private static IEnumerable<Contender> Ours(string? path, string engine, bool isBefore)
        => path is null ? [] : [new HaProxyNetContender(path, engine, isBefore)];

    /// <summary>Every shipped configuration of the products, and configurations from elsewhere given as <c>product=file</c>.</summary>
    private static IReadOnlyList<Contender> Peers(IEnumerable<string> products, IEnumerable<string> extraFiles)
    {
        var shipped = products.SelectMany(product => _configurations[product].Select(configuration =>
            Peer(
                product, $"{product}-{configuration}", Path.Combine(AppContext.BaseDirectory, "Peers", $"{product}-{configuration}.cfg"))));
        var extra = extraFiles.Select(given => given.Split('=', 2)).Select(parts => parts.Length == 2 && File.Exists(parts[1])
            ? Peer(parts[0], Path.GetFileNameWithoutExtension(parts[1]), Path.GetFullPath(parts[1]))
            : throw new ComparisonException(
                $"--peer-file {string.Join('=', parts)}: give haproxy=FILE or nginx=FILE with a file that exists."));
        return [.. shipped, .. extra];
    }

    /// <summary>A configuration that ends TLS names the certificate's file; no other does.</summary>
    private static Contender Peer(string product, string name, string templateFile) => product switch
    {
        "haproxy" => new HaProxyContender(name, templateFile, EndsTls(templateFile), OnlyWork(templateFile)),
        "nginx" => new NginxContender(name, templateFile, EndsTls(templateFile), OnlyWork(templateFile)),
        _ => throw new ComparisonException($"{product} is not known as a peer; allowed are {string.Join(", ", PeerProducts)}."),
    };

    /// <summary>A configuration that is good for one work alone says so in a line of its own: <c># Only for: bulk</c>.</summary>
    private static string? OnlyWork(string templateFile) => File.ReadLines(templateFile)
        .FirstOrDefault(line => line.StartsWith(Only, StringComparison.Ordinal))?[Only.Length..].Trim();

    private const string Only = "# Only for:";

    private static bool EndsTls(string templateFile) => File.ReadAllText(templateFile).Contains("{{certificate", StringComparison.Ordinal);
}
