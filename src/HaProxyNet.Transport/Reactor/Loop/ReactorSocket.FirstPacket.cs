using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Connecting;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <content>How little the first bytes to a destination can cost: one call and one packet, the header and the request together.</content>
internal sealed unsafe partial class ReactorSocket
{
    /// <summary>Bytes that fit into one segment, whatever the path: the default MSS of RFC 9293, section 3.7.1.</summary>
    private const int SmallestSegment = 536;

    /// <summary>A longer header goes to the system at once; bytes.</summary>
    private const int LongestHeldHeader = 256;

    /// <summary>A header that goes out with the bytes that come next.</summary>
    private byte[]? _header;
    private int _headerLength;

    /// <summary>So many bytes belong to the first packet so far.</summary>
    private int _held;

    /// <summary>
    /// The ACK of this destination's SYN-ACK waits for bytes to ride on, and so may bytes of ours: see <see cref="OwedFirstPackets"/>.
    /// </summary>
    public bool OwesFirstPacket { get; set; }

    /// <summary>
    /// Nagle's algorithm is still on (RFC 896): the first bytes of a connection never wait for an ACK, and most requests are no more than
    /// these. It is switched off before anything that could wait.
    /// </summary>
    public bool IsNagled { get; set; }

    /// <remarks>
    /// A destination whose first packet has not gone out gets them in that one: with the client's first bytes, or when the lane's patience
    /// ends.
    /// </remarks>
    public override bool TrySend(ReadOnlySpan<byte> data)
    {
        _held += OwesFirstPacket ? data.Length : 0;
        if (OwesFirstPacket && _header is null && data.Length <= LongestHeldHeader)
        {
            _header = ArrayPool<byte>.Shared.Rent(LongestHeldHeader);
            data.CopyTo(_header);
            _headerLength = data.Length;
            return true;
        }

        var flags = OwesFirstPacket ? Linux.MessageNoSignal | Linux.MessageMore : Linux.MessageNoSignal;
        fixed (byte* buffer = data)
        {
            return Send(buffer, data.Length, flags) == data.Length;
        }
    }

    /// <summary>As send(2), behind a header that waits; none of the bytes waits for the ACK of others.</summary>
    /// <returns>How many of the bytes the system has taken, at least one; below zero: see errno.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Send(byte* bytes, int count, int flags)
    {
        BeforeSending(count);
        return _header is null ? (int)Libc.Send(Descriptor, bytes, (nuint)count, flags) : SendBehindHeader(bytes, count, flags);
    }

    /// <summary>Sends the first packet, which has waited for bytes long enough.</summary>
    public void SendFirstPacket()
    {
        if (!OwesFirstPacket)
        {
            return;
        }

        OwesFirstPacket = false;
        if (_header is not null)
        {
            SendHeader(Linux.MessageNoSignal);
        }
        else if (_held > 0)
        {
            // To set it again sends what was held back as well, and the ACK with it.
            IsNagled = true;
            SwitchNagleOff();
        }
        else
        {
            Transport.Native.Descriptor.SetOption(Descriptor, Linux.LevelTcp, Linux.TcpQuickAck, 1);
        }
    }

    /// <summary>Before so many bytes are sent: none of them may wait for the ACK of others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BeforeSending(int count)
    {
        if (IsNagled)
        {
            BeforeFirstBytes(count);
        }
    }

    /// <summary>From here on each send goes out at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void SwitchNagleOff()
    {
        if (IsNagled)
        {
            IsNagled = false;
            Transport.Native.Descriptor.SetOption(Descriptor, Linux.LevelTcp, Linux.TcpNoDelay, 1);
        }
    }

    private void BeforeFirstBytes(int count)
    {
        if (OwesFirstPacket && count <= SmallestSegment - _held)
        {
            _held += count;
        }
        else
        {
            SwitchNagleOff();
        }
    }

    /// <summary>Few bytes go in one call with the header; to copy many costs more than a second call.</summary>
    [SkipLocalsInit]
    private int SendBehindHeader(byte* bytes, int count, int flags)
    {
        if (count > SmallestSegment)
        {
            return SendHeader(flags | Linux.MessageMore) ? (int)Libc.Send(Descriptor, bytes, (nuint)count, flags) : -1;
        }

        var header = _headerLength;
        Span<byte> all = stackalloc byte[LongestHeldHeader + SmallestSegment];
        _header.AsSpan(0, header).CopyTo(all);
        new ReadOnlySpan<byte>(bytes, count).CopyTo(all[header..]);
        int sent;
        fixed (byte* first = all)
        {
            sent = (int)Libc.Send(Descriptor, first, (nuint)(header + count), flags);
        }

        if (sent < 0)
        {
            return sent;
        }

        DropHeader(Math.Min(sent, header));
        return sent > header ? sent - header : NoRoom();
    }

    /// <summary>Sends the header alone, if one waits; false: not all of it, see errno.</summary>
    private bool SendHeader(int flags)
    {
        if (_header is null)
        {
            return true;
        }

        int sent;
        fixed (byte* first = _header)
        {
            sent = (int)Libc.Send(Descriptor, first, (nuint)_headerLength, flags);
        }

        if (sent < 0)
        {
            return false;
        }

        DropHeader(sent);
        return _header is null || NoRoom() == 0;
    }

    private void DropHeader(int sent)
    {
        if (_header is null)
        {
            return;
        }

        if (sent < _headerLength)
        {
            _header.AsSpan(sent, _headerLength - sent).CopyTo(_header);
            _headerLength -= sent;
            return;
        }

        ArrayPool<byte>.Shared.Return(_header);
        _header = null;
        _headerLength = 0;
    }

    /// <summary>What the system says when it has taken a part: there will be room.</summary>
    private static int NoRoom()
    {
        Marshal.SetLastPInvokeError(Errno.Again);
        return -1;
    }
}
