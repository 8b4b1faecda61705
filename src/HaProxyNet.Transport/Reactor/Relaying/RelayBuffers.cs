using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>
/// What a lane's relays share: one buffer to receive into, and, only for a direction whose receiver is slow or whose bytes are spliced, a
/// buffer or a pipe until it is empty again.
/// </summary>
internal sealed unsafe class RelayBuffers : IDisposable
{
    /// <summary>
    /// Bytes read at once, and the most that is held of a direction in user space (docs/architecture.md, teardown table).
    /// </summary>
    public const int Size = 64 * 1024;

    /// <summary>Spare buffers and pipes kept for the next burst; more are freed.</summary>
    private const int Spare = 64;

    private readonly Stack<nint> _buffers = new();
    private readonly Stack<SplicePipe> _pipes = new();
    private readonly Stack<RelayStream> _streams = new();
    private bool _spliceRefused;

    /// <summary>The lane's receive buffer; its content is void as soon as another relay runs.</summary>
    public byte* Shared { get; } = (byte*)NativeMemory.AlignedAlloc(Size, 4096);

    /// <summary>A buffer for what a short send left over.</summary>
    public byte* RentBuffer() => (byte*)(_buffers.TryPop(out var used) ? used : (nint)NativeMemory.Alloc(Size));

    /// <summary>Gives a buffer back.</summary>
    public void Return(byte* buffer)
    {
        if (_buffers.Count < Spare)
        {
            _buffers.Push((nint)buffer);
        }
        else
        {
            NativeMemory.Free(buffer);
        }
    }

    /// <summary>An empty pipe; none when this process may not splice or has no descriptors left.</summary>
    public SplicePipe? RentPipe() => _spliceRefused ? null : _pipes.TryPop(out var used) ? used : SplicePipe.TryOpen();

    /// <summary>Gives an empty pipe back.</summary>
    public void Return(SplicePipe pipe)
    {
        if (_pipes.Count < Spare)
        {
            _pipes.Push(pipe);
        }
        else
        {
            pipe.Close();
        }
    }

    /// <summary>What a direction needs to hold bytes.</summary>
    public RelayStream RentStream() => _streams.TryPop(out var used) ? used : new RelayStream();

    /// <summary>Gives it back; what is in it was given back before.</summary>
    public void Return(RelayStream stream)
    {
        stream.Clear();
        if (_streams.Count < Spare)
        {
            _streams.Push(stream);
        }
    }

    /// <summary>The system refused splice(2): this lane copies from now on.</summary>
    public void RefuseSplice() => _spliceRefused = true;

    public void Dispose()
    {
        NativeMemory.AlignedFree(Shared);
        while (_buffers.TryPop(out var buffer))
        {
            NativeMemory.Free((void*)buffer);
        }

        while (_pipes.TryPop(out var pipe))
        {
            pipe.Close();
        }
    }
}
