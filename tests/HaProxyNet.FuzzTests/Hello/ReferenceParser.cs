using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests.Hello;

/// <summary>
/// The same rules as the parser's, told in the most obvious way: byte after byte, with copies, without any care for speed. What the two say
/// must agree.
/// </summary>
internal sealed class ReferenceParser
{
    private readonly List<byte> _header = [];
    private readonly List<byte> _message = [];
    private int _left;
    private int _seen;
    private int _records;
    private ushort _recordVersion;
    private ReferenceResult? _result;

    public static ReferenceResult Parse(ReadOnlySpan<byte> wire)
    {
        var parser = new ReferenceParser();
        foreach (var next in wire)
        {
            parser.Take(next);
            if (parser._result is { } result)
            {
                return result;
            }
        }

        return ReferenceResult.Of(HelloStatus.NeedMore);
    }

    private void Take(byte next)
    {
        _seen++;
        if (_left == 0)
        {
            _header.Add(next);
            _result = _records == 0 ? First() : Further();
        }
        else
        {
            _left--;
            _message.Add(next);
            _result = Message();
        }

        if (_result is null && _seen + Missing() > HelloParser.MostBytes)
        {
            _result = ReferenceResult.Of(HelloStatus.TooLarge);
        }
    }

    private ReferenceResult? First()
    {
        if (_header[0] >= 128)
        {
            return (_header.Count, _header[^1]) switch
            {
                (3, not 1) => ReferenceResult.Of(HelloStatus.NotTls),
                (5, _) => ReferenceResult.Of(HelloStatus.NotTls),
                _ => null,
            };
        }

        if (_header[0] is not (20 or 21 or 22 or 23 or 24) || (_header.Count == 2 && _header[1] != 3))
        {
            return ReferenceResult.Of(HelloStatus.NotTls);
        }

        return _header.Count == 2 && _header[0] != 22 ? ReferenceResult.Of(HelloStatus.Malformed) : WholeHeader();
    }

    private ReferenceResult? Further()
        => _header[0] != 22 || (_header.Count == 2 && _header[1] != 3) ? ReferenceResult.Of(HelloStatus.Malformed) : WholeHeader();

    private ReferenceResult? WholeHeader()
    {
        if (_header.Count < 5)
        {
            return null;
        }

        _left = (_header[3] * 256) + _header[4];
        _recordVersion = _records == 0 ? (ushort)((_header[1] * 256) + _header[2]) : _recordVersion;
        _records++;
        _header.Clear();
        return _left is 0 or > 16384 ? ReferenceResult.Of(HelloStatus.Malformed) : null;
    }

    private ReferenceResult? Message()
    {
        if (_message.Count == 1)
        {
            return _message[0] == 1 ? null : ReferenceResult.Of(HelloStatus.Malformed);
        }

        if (_message.Count == 4 && MessageLength() > 16384)
        {
            return ReferenceResult.Of(HelloStatus.TooLarge);
        }

        if (_message.Count < 4 || _message.Count < MessageLength())
        {
            return null;
        }

        var whole = ReferenceMessage.Parse([.. _message.Skip(4)]);
        return whole.Status is HelloStatus.Complete
            ? whole with { Records = _records, RecordVersion = _recordVersion, Length = _message.Count }
            : whole;
    }

    private int MessageLength() => 4 + (_message[1] * 65536) + (_message[2] * 256) + _message[3];

    /// <summary>The fewest bytes that could still make it complete, as far as is known.</summary>
    private int Missing()
    {
        var message = (_message.Count < 4 ? 4 : MessageLength()) - _message.Count;
        return message + (_left >= message ? 0 : 5 - _header.Count);
    }
}
