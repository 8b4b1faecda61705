using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace HaProxyNet.Reloading;

/// <summary>
/// Takes over a changed configuration while connections go on: every part prepares itself, then all are put into service, then what is not
/// wanted any more is let go. A fault anywhere before that changes nothing. One reload at a time.
/// </summary>
internal sealed partial class ConfigurationReloader(
    IConfiguration configuration,
    IEnumerable<IReloadPart> parts,
    ConfigurationInForce inForce,
    InternalFaults internalFaults,
    ProxyMetrics metrics,
    TimeProvider time,
    ILogger<ConfigurationReloader> logger)
    : IHostedService, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _commit = new(1, 1);
    private readonly Lock _gate = new();
    private TaskCompletionSource<ReloadOutcome>? _next;
    private IDisposable? _registration;
    private int _asking;
    private bool _isEnding;
    private int _heir;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // From 0 upwards: an alert on the first one that fails needs a 0 before it.
        Array.ForEach([true, false], isTakenOver => Count(isTakenOver, 0));
        _registration = ChangeToken.OnChange(configuration.GetReloadToken, OnChanged);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registration?.Dispose();
        _turn.Dispose();
        _commit.Dispose();
    }

    /// <summary>Reads the configuration again from where it came, and takes it over.</summary>
    public Task<ReloadOutcome> ReloadAsync()
    {
        // The change token tells of the same reload; one is enough.
        Interlocked.Increment(ref _asking);
        try
        {
            (configuration as IConfigurationRoot)?.Reload();
        }
        finally
        {
            Interlocked.Decrement(ref _asking);
        }

        return RequestAsync();
    }

    /// <summary>Waits for a reload that is under way, and keeps the next ones waiting until the result is disposed of.</summary>
    public async Task<IDisposable> HoldAsync()
    {
        await _turn.WaitAsync();
        return new Turn(_turn);
    }

    /// <summary>
    /// Takes nothing over any more: a process that drains would open a new listener, and have what the process after it needs.
    /// </summary>
    /// <param name="heir">The process that has taken over and is to be asked; 0: none.</param>
    public async Task EndAsync(int heir = 0)
    {
        await _commit.WaitAsync();
        (_isEnding, _heir) = (true, Math.Max(_heir, heir));
        _commit.Release();
    }

    private void OnChanged()
    {
        if (Volatile.Read(ref _asking) == 0 && !Volatile.Read(ref _isEnding))
        {
            _ = RequestAsync();
        }
    }

    /// <summary>
    /// Takes the configuration over as it is now. A request that comes while another one waits for its turn is the same request.
    /// </summary>
    private Task<ReloadOutcome> RequestAsync()
    {
        TaskCompletionSource<ReloadOutcome> request;
        lock (_gate)
        {
            if (_next is not null)
            {
                return _next.Task;
            }

            request = _next = new TaskCompletionSource<ReloadOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        _ = RunAsync(request);
        return request.Task;
    }

    private async Task RunAsync(TaskCompletionSource<ReloadOutcome> request)
    {
        await _turn.WaitAsync();
        try
        {
            lock (_gate)
            {
                _next = null;
            }

            var outcome = Volatile.Read(ref _isEnding) ? Ended() : await TryAsync();
            if (_heir == 0)
            {
                inForce.LastReload = outcome;
                internalFaults.Contain(
                    FaultPlace.Reload, static told => told.Reloader.Report(told.Outcome), (Reloader: this, Outcome: outcome));
            }

            request.SetResult(outcome);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ReloadOutcome> TryAsync()
    {
        try
        {
            var reading = ConfigurationReader.Read(configuration);
            return reading.Options is { } options ? await TakeOverAsync(options) : Outcome(reading.Faults);
        }
#pragma warning disable CA1031 // The boundary of a reload: the configuration before goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            internalFaults.Report(FaultPlace.Reload, fault);
            return Outcome([new ConfigurationFault(
                ProxyOptions.SectionName,
                $"the reload was cut short ({fault.Message.TrimEnd('.')})",
                "reload again; if that fails, report it and restart. The configuration before is in force")]);
        }
    }

    private async Task<ReloadOutcome> TakeOverAsync(ProxyOptions next)
    {
        var (prepared, faults) = (new List<IPreparedPart>(), new List<ConfigurationFault>());
        try
        {
            foreach (var part in parts)
            {
                prepared.Add(await part.PrepareAsync(next, faults));
            }
        }
        catch
        {
            await GiveUpAsync(prepared);
            throw;
        }

        if (faults.Count > 0)
        {
            await GiveUpAsync(prepared);
            return Outcome(faults);
        }

        if (!await TryCommitAsync(prepared, next))
        {
            await GiveUpAsync(prepared);
            return Ended();
        }

        foreach (var part in prepared)
        {
            // The configuration is in force: what is left over of the one before is a fault of its own.
            await internalFaults.ContainAsync(FaultPlace.Reload, static one => one.RetireAsync(), part);
        }

        return Outcome([], RestartNeeds.Between(inForce.Started, next));
    }

    private ReloadOutcome Ended() => Outcome([_heir > 0
        ? new(ProxyOptions.SectionName, $"process {_heir} has taken over from this one, and is asked from now on", "reload again")
        : new(ProxyOptions.SectionName, "the proxy is shutting down and takes nothing over", "nothing: the next process reads it")]);

    /// <summary>Puts it into service; false: the proxy is ending.</summary>
    private async Task<bool> TryCommitAsync(List<IPreparedPart> prepared, ProxyOptions next)
    {
        await _commit.WaitAsync();
        try
        {
            if (!_isEnding)
            {
                await CommitAsync(prepared);
                inForce.Now = next;
            }

            return !_isEnding;
        }
        finally
        {
            _commit.Release();
        }
    }

    /// <summary>All parts, or none: when one throws, those that were in service before are so again.</summary>
    private async Task CommitAsync(List<IPreparedPart> prepared)
    {
        var begun = 0;
        try
        {
            while (begun < prepared.Count)
            {
                await prepared[begun++].CommitAsync();
            }
        }
        catch
        {
            await GiveUpAsync([.. prepared.Skip(begun)]);

            // In the order of the parts: listeners are given back to clusters that are there again.
            foreach (var part in prepared.Take(begun))
            {
                await internalFaults.ContainAsync(FaultPlace.Reload, static one => one.RollBackAsync(), part);
            }

            throw;
        }
    }

    /// <summary>Lets go what was made ready, sockets above all.</summary>
    private static async Task GiveUpAsync(List<IPreparedPart> prepared)
    {
        foreach (var part in prepared)
        {
            await part.GiveUpAsync();
        }
    }

    private ReloadOutcome Outcome(IReadOnlyList<ConfigurationFault> faults, IReadOnlyList<string>? needsRestart = null)
        => new(time.GetUtcNow(), faults, needsRestart ?? []);

    private void Count(bool isTakenOver, int count) => metrics.Reloads.WithLabels(isTakenOver ? "success" : "failure").Inc(count);

    private void Report(ReloadOutcome outcome)
    {
        Count(outcome.IsTakenOver, 1);
        metrics.LastReloadSuccessful.Set(outcome.IsTakenOver ? 1 : 0);
        if (!outcome.IsTakenOver)
        {
            foreach (var fault in outcome.Faults)
            {
                LogFault(fault.ToString());
            }

            LogKept();
            return;
        }

        metrics.LastReload.Set(outcome.At.ToUnixTimeMilliseconds() / 1000.0);
        LogReloaded();
        if (outcome.NeedsRestart.Count > 0)
        {
            LogNeedsRestart(string.Join(", ", outcome.NeedsRestart));
        }
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }

    [LoggerMessage(EventIds.ConfigurationReloaded, LogLevel.Information, "Configuration reloaded.")]
    private partial void LogReloaded();

    [LoggerMessage(EventIds.ConfigurationFault, LogLevel.Error, "{Fault}")]
    private partial void LogFault(string fault);

    [LoggerMessage(EventIds.ConfigurationKept, LogLevel.Warning, "The changed configuration has faults; the one before stays in force.")]
    private partial void LogKept();

    [LoggerMessage(EventIds.ReloadNeedsRestart, LogLevel.Warning,
        "These settings have changed and hold only after a restart: {Settings}. Everything else is in force.")]
    private partial void LogNeedsRestart(string settings);
}
