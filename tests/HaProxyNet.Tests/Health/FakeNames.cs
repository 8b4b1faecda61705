using System.Net;
using System.Net.Sockets;
using HaProxyNet.Health.Names;

namespace HaProxyNet.Tests.Health;

/// <summary>A name server whose answers the test sets.</summary>
internal sealed class FakeNames : INameLookup
{
    private TaskCompletionSource? _held;

    /// <summary>The addresses of every name; null: nobody knows it.</summary>
    public string[] Answer { get; set; } = [];

    public int Asked { get; private set; }

    /// <summary>From now on there is no answer, as if the name server were gone.</summary>
    public void Hold() => _held = new TaskCompletionSource();

    /// <summary>The answers come now.</summary>
    public void Release() => _held?.SetResult();

    public async Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
    {
        Asked++;
        if (_held is { } held)
        {
            await held.Task.WaitAsync(cancellation);
        }

        return Answer.Length > 0 ? [.. Answer.Select(IPAddress.Parse)] : throw new SocketException((int)SocketError.HostNotFound);
    }
}
