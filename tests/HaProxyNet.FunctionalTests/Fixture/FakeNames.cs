using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HaProxyNet.Health.Names;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Name servers whose answers the test sets.</summary>
internal sealed class FakeNames : INameLookup
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _answers = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _silence = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _asked;
    private bool _isSilent;

    /// <summary>How often somebody has asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What a name resolves to from now on; nothing: nobody knows it.</summary>
    public void Set(string host, params string[] addresses) => _answers[host] = [.. addresses.Select(IPAddress.Parse)];

    /// <summary>How long an answer takes.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Nobody answers from now on.</summary>
    public void FallSilent() => Volatile.Write(ref _isSilent, value: true);

    /// <summary>All that was asked is answered now.</summary>
    public void Speak()
    {
        Volatile.Write(ref _isSilent, value: false);
        _silence.SetResult();
    }

    public async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        if (Volatile.Read(ref _isSilent))
        {
            await _silence.Task.WaitAsync(cancellation);
        }

        if (Delay > TimeSpan.Zero)
        {
            await Task.Delay(Delay, TimeProvider.System, cancellation);
        }

        return _answers.GetValueOrDefault(host) is { Length: > 0 } found
            ? found
            : throw new SocketException((int)SocketError.HostNotFound);
    }
}
