using System.Collections.Concurrent;
using System.Net;

namespace HaProxyNet.Health.Names;

/// <summary>
/// The system's resolver: its hosts file, its name servers, its order of IPv6 and IPv4. It blocks a thread for as long as nobody answers
/// (resolv.conf(5): 10 s or more), so it has threads of its own, and a name that is being asked for is not asked for a second time.
/// </summary>
internal sealed class SystemNameLookup(LookupThreads threads) : INameLookup
{
    private readonly ConcurrentDictionary<string, Task<IPAddress[]>> _asking = new(StringComparer.OrdinalIgnoreCase);

    public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var known = _asking.GetOrAdd(host, answer.Task);
        if (ReferenceEquals(known, answer.Task))
        {
            _ = AskAsync(host, answer);
        }

        return known.WaitAsync(cancellation);
    }

    private async Task AskAsync(string host, TaskCompletionSource<IPAddress[]> answer)
    {
        try
        {
            var found = await threads.RunAsync(() => Dns.GetHostAddresses(host));
            _asking.TryRemove(host, out _);
            answer.SetResult(found);
        }
#pragma warning disable CA1031 // Nothing waits for this task: what was thrown is for those who have asked.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _asking.TryRemove(host, out _);
            answer.SetException(fault);
        }
    }
}
