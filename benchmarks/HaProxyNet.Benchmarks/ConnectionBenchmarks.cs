using BenchmarkDotNet.Attributes;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Benchmarks;

/// <summary>
/// One RPC connection through the proxy: accept, admit, select, connect, 1 KB each way, close by the client. Allocated is what the
/// proxy allocates for it: both ends are raw descriptors.
/// </summary>
[MemoryDiagnoser]
public class ConnectionBenchmarks
{
    private const int RequestSize = 1024;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(RequestSize, pinned: true);
    private EchoServer? _server;
    private EmbeddedProxy? _proxy;
    private RawAddress _address;

    [Params("Reactor", "Managed")]
    public string Engine { get; set; } = "Reactor";

    [GlobalSetup]
    public async Task Start()
    {
        _server = new EchoServer();
        _proxy = await EmbeddedProxy.StartAsync(Engine, _server.EndPoint);
        _address = RawClient.Address(_proxy.EndPoint);
    }

    [GlobalCleanup]
    public async Task Stop()
    {
        await _proxy!.DisposeAsync();
        _server!.Dispose();
    }

    [Benchmark]
    public unsafe void OpenExchangeClose()
    {
        fixed (byte* buffer = _buffer)
        {
            var client = RawClient.Connect(_address);
            client.Exchange(buffer, RequestSize);
            client.Close(buffer);
        }
    }
}
