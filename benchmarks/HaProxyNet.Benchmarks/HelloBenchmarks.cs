using BenchmarkDotNet.Attributes;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.Benchmarks;

/// <summary>What it takes to read a client's hello, which every passed-through TLS connection pays once.</summary>
[MemoryDiagnoser]
public class HelloBenchmarks
{
    private byte[] _hello = [];

    /// <summary>The bytes of a client: one of about 350, a browser's with post-quantum keys, and that in small records.</summary>
    [Params("plain", "post-quantum", "small-records")]
    public string Client { get; set; } = "";

    [GlobalSetup]
    public void Build()
    {
        var keys = new byte[Client == "plain" ? 38 : 1_260];
        byte[] extensions =
        [
            0, 0, 0, 27, 0, 25, 0, 0, 22, .. "iqservice.corp.example"u8, 0, 43, 0, 5, 4, 3, 4, 3, 3, 0, 10, 0, 4, 0, 2, 0, 29, 0, 13, 0,
            100, .. new byte[100],
            0, 51, (byte)(keys.Length >> 8), (byte)keys.Length, .. keys,
        ];
        byte[] body = [3, 3, .. new byte[32], 32, .. new byte[32], 0, 62, .. new byte[62], 1, 0, (byte)(extensions.Length
            >> 8), (byte)extensions.Length, .. extensions];
        byte[] message = [1, 0, (byte)(body.Length >> 8), (byte)body.Length, .. body];
        _hello = [.. message
            .Chunk(Client == "small-records" ? 16 : 16_384)
            .SelectMany(part => (byte[])[22, 3, 1, (byte)(part.Length >> 8), (byte)part.Length, .. part])];
        if (HelloParser.Parse(_hello).Hello?.ServerName is null)
        {
            throw new InvalidOperationException("The hello is not one.");
        }
    }

    [Benchmark]
    public object Parse() => HelloParser.Parse(_hello).Hello!;

    [Benchmark]
    public int ParseAllButTheLastByte() => HelloParser.Parse(_hello.AsSpan(0, _hello.Length - 1)).AtLeast;
}
