using System.Globalization;
using System.Net;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Machine;

namespace HaProxyNet.Comparison.Running;

/// <summary>The bench that all works share: options, CPUs, a folder for the run.</summary>
internal sealed class Bench(ComparisonOptions options, CpuPlan cpus, string folder)
{
    private int _setups;
    private TlsFiles? _tls;

    /// <summary>What the command line asks for.</summary>
    public ComparisonOptions Options => options;

    /// <summary>Which process runs on which CPUs.</summary>
    public CpuPlan Cpus => cpus;

    /// <summary>Scratch space; nothing in it outlives the run.</summary>
    public string Folder => folder;

    /// <summary>The same with a certificate: TLS ends at the contender.</summary>
    public ProxySetup TlsSetup(IPEndPoint primary, IPEndPoint secondary)
        => Setup(primary, secondary) with { Tls = _tls ??= TlsFiles.Create(folder) };

    /// <summary>A fresh set-up with fresh ports, the same for any contender.</summary>
    public ProxySetup Setup(IPEndPoint primary, IPEndPoint secondary)
    {
        var own = Path.Combine(folder, "proxy" + Interlocked.Increment(ref _setups).ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(own);
        return new ProxySetup
        {
            Listen = new IPEndPoint(IPAddress.Loopback, FreePorts.Next()),
            Primary = primary,
            Secondary = secondary,
            Admin = new IPEndPoint(IPAddress.Loopback, FreePorts.Next()),
            Threads = options.Threads,
            Cpus = cpus.Proxy,
            Folder = own,
        };
    }

    /// <summary>A folder for something else than a proxy.</summary>
    public string FolderFor(string name) => Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
}
