using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace HaProxyNet.Transport.Native;

/// <summary>
/// Room for the events of one epoll_wait(2). The kernel packs struct epoll_event on x64 (12 bytes) and on no other architecture (16 bytes).
/// </summary>
internal sealed unsafe class EpollEvents : IDisposable
{
    private static readonly bool _packed = RuntimeInformation.ProcessArchitecture is Architecture.X64;
    private static readonly int _stride = _packed ? 12 : 16;
    private static readonly int _dataOffset = _packed ? 4 : 8;
    private readonly byte* _events;

    public EpollEvents(int capacity)
    {
        Capacity = capacity;
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(capacity * _stride));
    }

    public int Capacity { get; }

    /// <summary>The event at an index.</summary>
    public (uint Flags, ulong Data) this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var at = _events + (index * _stride);
            return (*(uint*)at, Unsafe.ReadUnaligned<ulong>(at + _dataOffset));
        }
    }

    /// <summary>Waits for events, for so many milliseconds, or below zero: no limit. The number of them, or below zero.</summary>
    public int Wait(int epoll, int timeoutMs) => Libc.EpollWait(epoll, _events, Capacity, timeoutMs);

    /// <summary>Takes the events that are there already.</summary>
    public int Poll(int epoll) => Libc.EpollWait(epoll, _events, Capacity, timeoutMs: 0);

    /// <summary>Registers a descriptor; 0, or the errno.</summary>
    public static int Add(int epoll, int descriptor, uint flags, ulong data)
    {
        var @event = stackalloc byte[16];
        *(uint*)@event = flags;
        Unsafe.WriteUnaligned(@event + _dataOffset, data);
        return Libc.EpollControl(epoll, Linux.EpollAdd, descriptor, @event) < 0 ? Errno.Last : 0;
    }

    /// <summary>Takes a descriptor out that stays open.</summary>
    public static void Remove(int epoll, int descriptor) => Libc.EpollControl(epoll, Linux.EpollRemove, descriptor, null);

    public void Dispose() => NativeMemory.Free(_events);
}
