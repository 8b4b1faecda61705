using HaProxyNet.Control;
using HaProxyNet.Control.Trust;
using HaProxyNet.Listening;
using HaProxyNet.Management.Explaining;
using HaProxyNet.Management.Predecessors;
using HaProxyNet.Reloading;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.Control;

/// <summary>Carries out what commands ask for. Any thread; those that change something come one after the other.</summary>
internal sealed class ControlCommands(
    ClusterDirectory clusters, ListenerDirectory listeners, DestinationUse use, StatusReader status, SessionReader reader,
    ControlChanges changes,
    ConfigurationReloader reloader, IUpgrade upgrade, ProxyReadiness readiness)
    : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The answer to a request.</summary>
    public async Task<ControlReply> RunAsync(ControlRequest request, PeerIdentity by) => request.Command switch
    {
        ControlVerbs.Status => new() { Status = status.Read() },
        ControlVerbs.Ready => new() { Obstacles = readiness.Obstacles() },
        ControlVerbs.Sessions => new() { Sessions = await reader.ReadAsync() },
        ControlVerbs.Open => await WithDestinationAsync(request, async (c, d) => new() { Open = await use.CountAsync(c, d) }),
        ControlVerbs.Explain => Explain(request),
        ControlVerbs.Drain => await TakeOutAsync(request, Maintenance.Draining, by),
        ControlVerbs.Disable => await TakeOutAsync(request, Maintenance.Disabled, by),
        ControlVerbs.Enable => await ChangeAsync(() => WithDestinationAsync(request, (c, d) => changes.EnableAsync(c, d, by))),
        ControlVerbs.Switch => await ChangeAsync(() => WithDestinationAsync(request, (c, d) => Task.FromResult(changes.Switch(c, d, by)))),
        ControlVerbs.Failback => await ChangeAsync(() => WithClusterAsync(request, c => Task.FromResult(changes.FailBack(c, by)))),
        ControlVerbs.Close => await ChangeAsync(() => WithDestinationAsync(request, (c, d) => changes.CloseAsync(c, d, by))),
        ControlVerbs.Upgrade => Answer(await upgrade.RunAsync(request.Binary)),
        ControlVerbs.Reload => Answer(await reloader.ReloadAsync()),
        _ => ControlTarget.Unknown("command", request.Command, ControlVerbs.All),
    };

    public void Dispose() => _turn.Dispose();

    private static ControlReply Answer((bool HasSucceeded, string Words) end)
        => end.HasSucceeded ? new() { Message = end.Words } : ControlReply.Refuse(end.Words);

    private static ControlReply Answer(ReloadOutcome outcome) => outcome.IsTakenOver
        ? new()
        {
            Message = "the configuration is in force",
            Warnings = [.. outcome.NeedsRestart.Select(setting => $"{setting} has changed and holds only after a restart")],
        }
        : new() { Error = "nothing was taken over", Faults = [.. outcome.Faults.Select(fault => fault.ToString())] };

    private Task<ControlReply> TakeOutAsync(ControlRequest request, Maintenance maintenance, PeerIdentity by)
        => ChangeAsync(() => WithDestinationAsync(request, (c, d) => changes.TakeOutAsync(c, d, maintenance, request.Force is true, by)));

    private async Task<ControlReply> ChangeAsync(Func<Task<ControlReply>> change)
    {
        await _turn.WaitAsync();
        try
        {
            return await change();
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task<ControlReply> WithClusterAsync(ControlRequest request, Func<Cluster, Task<ControlReply>> act)
        => ControlTarget.TryFind(clusters, request.Cluster, out var cluster, out var refusal) ? act(cluster) : Task.FromResult(refusal);

    private Task<ControlReply> WithDestinationAsync(ControlRequest request, Func<Cluster, Destination, Task<ControlReply>> act)
        => WithClusterAsync(request, cluster => ControlTarget.TryFind(cluster, request.Destination, out var destination, out var refusal)
            ? act(cluster, destination)
            : Task.FromResult(refusal));

    private ControlReply Explain(ControlRequest request)
    {
        System.Net.IPAddress? client = null;
        if (request.Client is { } text && !System.Net.IPAddress.TryParse(text, out client))
        {
            return ControlReply.Refuse($"'{text}' is not an IP address; the client is given as 10.1.2.3 or fd00::3");
        }

        return ControlTarget.TryFind(listeners, request.Listener, out var listener, out var refusal)
            ? new() { Explanation = Explainer.Explain(listener, client, request.ServerName) }
            : refusal;
    }
}
