using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>Debian's HAProxy with one of the configurations under Peers.</summary>
internal sealed class HaProxyContender(string name, string templateFile, bool endsTls, string? only) : Contender
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Product => "haproxy";

    /// <inheritdoc/>
    public override ContenderRole Role => ContenderRole.Peer;

    /// <inheritdoc/>
    public override bool Does(IWork work) => only is null ? work.IsTls == endsTls && !work.IsFronted : work.Name == only;

    /// <inheritdoc/>
    public override async Task<string> ReadVersionAsync(CancellationToken cancellation) =>
        (await Tool.RunAsync([], "haproxy", ["-v"], cancellation)).Expect("haproxy").Split('\n')[0].Split(" - ")[0];

    // -db: one process in the foreground, as systemd's unit runs it but without the master, which has no traffic.
    /// <inheritdoc/>
    public override Daemon Launch(ProxySetup setup) =>
        Daemon.Start(
            setup.Cpus,
            Path.Combine(setup.Folder, "output.log"),
            "haproxy",
            ["-db", "-f", ConfigurationTemplate.Write(templateFile, setup)]);
}
