using HaProxyNet.Transport;

namespace HaProxyNet.Lines;

/// <summary>
/// Takes the fields of a log line, one after the other, and writes them in its format. Names are lower case, with underscores.
/// </summary>
internal interface IFieldWriter
{
    /// <summary>Whether fields are wanted that the terse text has only where the listener asks for them.</summary>
    bool WantsEverything { get; }

    /// <summary>Adds a text.</summary>
    void Add(ReadOnlySpan<byte> name, string value);

    /// <summary>Adds a number.</summary>
    void Add(ReadOnlySpan<byte> name, long value);

    /// <summary>Adds the number of a connection, which is written in hexadecimal digits.</summary>
    void Add(ReadOnlySpan<byte> name, ConnectionNumber value);

    /// <summary>Adds a time.</summary>
    void Add(ReadOnlySpan<byte> name, LoggedMilliseconds value);

    /// <summary>Adds an address.</summary>
    void Add(ReadOnlySpan<byte> name, PeerAddress value);
}
