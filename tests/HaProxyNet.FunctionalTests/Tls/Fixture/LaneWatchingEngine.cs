using System.Collections.Concurrent;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>A TLS engine that notes on which threads what it is asked for resumes.</summary>
internal sealed class LaneWatchingEngine(ITlsEngine inner) : ITlsEngine
{
    public string Name => inner.Name;

    /// <summary>The names of the threads, one set a session.</summary>
    public ConcurrentBag<ConcurrentDictionary<string, int>> Threads { get; } = [];

    public TlsSession CreateServer(LaneSocket socket, TlsServerSettings settings)
        => new Session(this, inner.CreateServer(socket, settings));

    public TlsSession CreateClient(LaneSocket socket, TlsClientSettings settings)
        => new Session(this, inner.CreateClient(socket, settings));

    private sealed class Session : TlsSession
    {
        private readonly ConcurrentDictionary<string, int> _threads = new(StringComparer.Ordinal);
        private readonly TlsSession _session;

        public Session(LaneWatchingEngine engine, TlsSession session)
            : base(session.Socket)
        {
            _session = session;
            engine.Threads.Add(_threads);
            Note();
        }

        public override async ValueTask<HandshakeResult> HandshakeAsync(IHandshakePace pace)
        {
            var result = await _session.HandshakeAsync(pace);
            Facts = _session.Facts;
            Note();
            return result;
        }

        public override async ValueTask WaitReadableAsync()
        {
            await _session.WaitReadableAsync();
            Note();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> into)
        {
            var count = await _session.ReadAsync(into);
            Note();
            return count;
        }

        public override async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data)
        {
            var written = await _session.WriteAsync(data);
            Note();
            return written;
        }

        public override async ValueTask ShutdownSendAsync()
        {
            await _session.ShutdownSendAsync();
            Note();
        }

        public override void Dispose()
        {
            _session.Dispose();
            base.Dispose();
        }

        private void Note() => _threads.AddOrUpdate(Thread.CurrentThread.Name ?? "none", 1, (_, count) => count + 1);
    }
}
