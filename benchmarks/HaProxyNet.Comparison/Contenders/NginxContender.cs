using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>Debian's nginx and its stream module with one of the configurations under Peers.</summary>
internal sealed class NginxContender(string name, string templateFile, bool endsTls, string? only) : Contender
{
    /// <inheritdoc/>
    public override string Name => name;

    /// <inheritdoc/>
    public override string Product => "nginx";

    /// <inheritdoc/>
    public override ContenderRole Role => ContenderRole.Peer;

    /// <inheritdoc/>
    public override bool Does(IWork work) => only is null ? work.IsTls == endsTls && !work.IsFronted : work.Name == only;

    /// <inheritdoc/>
    public override async Task<string> ReadVersionAsync(CancellationToken cancellation) =>
        (await Tool.RunAsync([], "nginx", ["-v"], cancellation)).Error.Trim();

    /// <inheritdoc/>
    public override Daemon Launch(ProxySetup setup) =>
        Daemon.Start(
            setup.Cpus,
            Path.Combine(setup.Folder, "output.log"),
            "nginx",
            ["-e", "stderr", "-c", ConfigurationTemplate.Write(templateFile, setup)]);
}
