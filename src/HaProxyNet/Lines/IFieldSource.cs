namespace HaProxyNet.Lines;

/// <summary>
/// A log event's state that writes its own fields, without an object or a text a field: for lines of which there are as many as
/// connections.
/// </summary>
internal interface IFieldSource
{
    /// <summary>What the line says, in two words, where the fields stand elsewhere.</summary>
    string Headline { get; }

    /// <summary>Writes the fields, in the order of the line.</summary>
    void WriteTo<TWriter>(ref TWriter writer)
        where TWriter : IFieldWriter, allows ref struct;
}
