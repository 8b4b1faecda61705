namespace HaProxyNet.Comparison.Machine;

/// <summary>
/// The programs that a run needs, and the Debian package each comes from. Nothing is installed here; what is missing is named.
/// </summary>
internal static class RequiredTools
{
    private static readonly Dictionary<string, string> _packageOf = new(StringComparer.Ordinal)
    {
        ["haproxy"] = "haproxy",
        ["nginx"] = "nginx",
        ["wrk"] = "wrk",
        ["iperf3"] = "iperf3",
        ["strace"] = "strace",
        ["openssl"] = "openssl",
        ["curl"] = "curl",
        ["nft"] = "nftables",
        ["ip"] = "iproute2",
        ["taskset"] = "util-linux",
        ["unshare"] = "util-linux",
    };

    /// <summary>Where Debian's and Fedora's packages put the dynamic stream module.</summary>
    public static readonly IReadOnlyList<string> StreamModulePaths =
        ["/usr/lib/nginx/modules/ngx_stream_module.so", "/usr/lib64/nginx/modules/ngx_stream_module.so"];

    /// <summary>The file of a program, or null when it is not installed. System folders count even where PATH lacks them.</summary>
    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["/usr/local/sbin", "/usr/sbin", "/sbin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    /// <summary>The packages that are missing for these programs; nginx needs its stream module too when it is a peer.</summary>
    public static IReadOnlyList<string> MissingPackages(IEnumerable<string> programs, bool streamModule)
    {
        var missing =
            programs.Distinct(StringComparer.Ordinal).Where(program => Find(program) is null).Select(program => _packageOf[program]);
        if (streamModule && !StreamModulePaths.Any(File.Exists))
        {
            missing = missing.Append("libnginx-mod-stream");
        }

        return [.. missing.Distinct(StringComparer.Ordinal)];
    }
}
