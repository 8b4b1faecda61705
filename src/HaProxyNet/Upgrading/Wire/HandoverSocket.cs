using System.ComponentModel;
using System.Runtime.InteropServices;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Upgrading.Wire;

/// <summary>One end of the talk between two processes. Messages may be sent by any thread; one thread receives.</summary>
internal sealed class HandoverSocket : IDisposable
{
    /// <summary>The longest message: the metrics of the largest configuration are a few megabytes.</summary>
    public const int MostBytes = 64 * 1024 * 1024;

    private readonly Lock _sending = new();
    private readonly int _descriptor;
    private readonly byte[] _out = new byte[HandoverFrame.HeaderSize + HandoverFrame.MostPayload];
    private readonly byte[] _in = new byte[HandoverFrame.HeaderSize + HandoverFrame.MostPayload];
    private uint _sent;
    private uint _received;
    private int _isClosed;

    /// <summary>Takes an end over.</summary>
    /// <param name="descriptor">The socket; it is closed with this.</param>
    /// <param name="patience">How long the other process may be silent, or leave what is sent unread.</param>
    public HandoverSocket(int descriptor, TimeSpan patience)
    {
        _descriptor = descriptor;
        DescriptorPassing.Limit(descriptor, patience);
    }

    /// <summary>From now on the other process may be silent for so long; <see cref="Timeout.InfiniteTimeSpan"/>: no limit.</summary>
    public void Expect(TimeSpan patience) => DescriptorPassing.Limit(_descriptor, patience);

    /// <summary>Sends a message.</summary>
    /// <exception cref="HandoverException">The other process does not take it.</exception>
    public void Send(HandoverKind kind, ReadOnlySpan<byte> payload = default, ReadOnlySpan<int> descriptors = default)
    {
        lock (_sending)
        {
            do
            {
                var piece = payload[..Math.Min(payload.Length, HandoverFrame.MostPayload)];
                payload = payload[piece.Length..];
                var frame = _out.AsSpan(0, HandoverFrame.HeaderSize + piece.Length);
                piece.CopyTo(frame[HandoverFrame.HeaderSize..]);
                HandoverFrame.Seal(frame, kind, payload.IsEmpty, _sent++, descriptors.Length);
                if (!DescriptorPassing.Send(_descriptor, frame, descriptors))
                {
                    throw Lost("takes nothing more");
                }

                descriptors = default;
            }
            while (!payload.IsEmpty);
        }
    }

    /// <summary>Waits for a message; null: the other process has closed its end.</summary>
    /// <exception cref="HandoverException">It is silent, or what it sends is not as it must be.</exception>
    public HandoverMessage? Receive()
    {
        var payload = new MemoryStream();
        var descriptors = new List<int>();
        try
        {
            while (true)
            {
                var before = descriptors.Count;
                var count = DescriptorPassing.Receive(_descriptor, _in, descriptors);
                if (count == 0)
                {
                    return payload.Length == 0 ? null : throw new HandoverException("the other process ended within a message");
                }

                if (count < 0)
                {
                    throw Lost("is silent");
                }

                var (kind, isLast) = HandoverFrame.Open(_in.AsSpan(0, count), _received++, descriptors.Count - before);
                if (payload.Length + count > MostBytes)
                {
                    throw new HandoverException($"a message has more than {MostBytes} bytes");
                }

                payload.Write(_in.AsSpan(HandoverFrame.HeaderSize, count - HandoverFrame.HeaderSize));
                if (isLast)
                {
                    return new HandoverMessage(kind, payload.ToArray(), [.. descriptors]);
                }
            }
        }
        catch (HandoverException)
        {
            descriptors.ForEach(descriptor => Libc.Close(descriptor));
            throw;
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            _ = Libc.Close(_descriptor);
        }
    }

    private static HandoverException Lost(string what)
    {
        var errno = Marshal.GetLastPInvokeError();
        return new HandoverException(errno == Errno.Again
            ? $"the other process {what}"
            : $"the other process is gone ({new Win32Exception(errno).Message})");
    }
}
