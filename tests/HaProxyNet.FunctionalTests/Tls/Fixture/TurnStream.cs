using System.Net.Sockets;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>
/// What an SslStream of the tests works on. Its shutdown does not take turns with a read that decrypts on another thread, and OpenSSL bears
/// no two calls on one session at once: it fails, or destroys the process's memory. So the code that works with the session has the turn,
/// and gives it up while bytes are waited for.
/// </summary>
internal sealed class TurnStream(Socket socket) : NetworkStream(socket)
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Works with the session when nobody else does.</summary>
    public async Task<T> TakeAsync<T>(Func<Task<T>> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _turn.Release();
        try
        {
            return await base.ReadAsync(buffer, cancellationToken);
        }
        finally
        {
            await _turn.WaitAsync(CancellationToken.None);
        }
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _turn.Release();
        try
        {
            await base.WriteAsync(buffer, cancellationToken);
        }
        finally
        {
            await _turn.WaitAsync(CancellationToken.None);
        }
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            _turn.Dispose();
        }
    }
}
