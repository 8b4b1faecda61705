using BenchmarkDotNet.Attributes;

namespace HaProxyNet.Benchmarks;

/// <summary>Requests and replies of one size on a connection that stays open: the pump, without set-up and teardown.</summary>
[MemoryDiagnoser]
public class RelayBenchmarks
{
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(64 * 1024, pinned: true);
    private EchoServer? _server;
    private EmbeddedProxy? _proxy;
    private RawClient _client;

    [Params("Reactor", "Managed")]
    public string Engine { get; set; } = "Reactor";

    [Params(1024, 64 * 1024, 1024 * 1024)]
    public int Bytes { get; set; }

    [GlobalSetup]
    public async Task Start()
    {
        _server = new EchoServer();
        _proxy = await EmbeddedProxy.StartAsync(Engine, _server.EndPoint);
        _client = RawClient.Connect(RawClient.Address(_proxy.EndPoint));
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        Close();
        await _proxy!.DisposeAsync();
        _server!.Dispose();
    }

    [Benchmark]
    public unsafe void Exchange()
    {
        fixed (byte* buffer = _buffer)
        {
            _client.Exchange(buffer, Bytes);
        }
    }

    private unsafe void Close()
    {
        fixed (byte* buffer = _buffer)
        {
            _client.Close(buffer);
        }
    }
}
