using System.Runtime.InteropServices;

namespace HaProxyNet.Tls.Hello;

/// <summary>Follows the type and the length of the message while its bytes come, in whatever pieces.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct MessageHeader
{
    /// <summary>Type and length; bytes.</summary>
    public const int HeaderLength = 4;

    private const byte HelloType = 1;
    private int _taken;
    private int _length;

    /// <summary>The message's length with its header; known when the header has been taken.</summary>
    public readonly int Length => HeaderLength + _length;

    /// <summary>How many bytes are missing of the message, or of its header while the length is not known.</summary>
    public readonly int Missing => (_taken < HeaderLength ? HeaderLength : Length) - _taken;

    /// <summary>Whether the whole message has been taken.</summary>
    public readonly bool IsComplete => _taken >= HeaderLength && _taken >= Length;

    /// <summary>Takes the next bytes; those behind the message do not matter.</summary>
    public HelloFault Take(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        for (; _taken < HeaderLength && at < bytes.Length; at++, _taken++)
        {
            if (_taken == 0 && bytes[at] != HelloType)
            {
                return HelloFault.NotAHello;
            }

            _length = _taken == 0 ? 0 : (_length << 8) | bytes[at];
        }

        _taken += bytes.Length - at;
        return _taken >= HeaderLength && Length > HelloParser.LongestMessage ? HelloFault.TooLarge : HelloFault.None;
    }
}
