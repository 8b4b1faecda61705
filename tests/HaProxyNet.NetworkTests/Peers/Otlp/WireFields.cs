using System.Text;
using Google.Protobuf;

namespace HaProxyNet.NetworkTests.Peers.Otlp;

/// <summary>
/// A message of Protocol Buffers by the numbers of its fields, read by Google's library: what opentelemetry-proto calls them stands at
/// their use.
/// </summary>
internal sealed class WireFields
{
    private readonly Dictionary<int, List<object>> _fields = [];

    private WireFields(byte[] message)
    {
        var input = new CodedInputStream(message);
        for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
        {
            object value = WireFormat.GetTagWireType(tag) switch
            {
                WireFormat.WireType.Varint => input.ReadUInt64(),
                WireFormat.WireType.Fixed64 => input.ReadFixed64(),
                WireFormat.WireType.Fixed32 => (ulong)input.ReadFixed32(),
                WireFormat.WireType.LengthDelimited => input.ReadBytes().ToByteArray(),
                var other => throw new InvalidDataException($"A field of type {other}"),
            };
            var number = WireFormat.GetTagFieldNumber(tag);
            (_fields.TryGetValue(number, out var values) ? values : _fields[number] = []).Add(value);
        }
    }

    public static WireFields Of(byte[] message) => new(message);

    public bool Has(int number) => _fields.ContainsKey(number);

    public IEnumerable<WireFields> Messages(int number) => All(number).Select(value => Of((byte[])value));

    public byte[] Bytes(int number) => All(number).LastOrDefault() as byte[] ?? [];

    public string Text(int number) => Encoding.UTF8.GetString(Bytes(number));

    public ulong Number(int number) => All(number).LastOrDefault() is ulong value ? value : 0;

    public double Real(int number) => BitConverter.UInt64BitsToDouble(Number(number));

    /// <summary>Numbers of eight bytes each, one after the other.</summary>
    public IReadOnlyList<ulong> Packed(int number) => [.. Bytes(number).Chunk(8).Select(bytes => BitConverter.ToUInt64(bytes))];

    /// <summary>A list of KeyValue: key = 1, value = 2, of which string_value = 1 and the others are numbers.</summary>
    public IReadOnlyDictionary<string, string> Attributes(int number) => Messages(number).ToDictionary(
        pair => pair.Text(1), pair => pair.Messages(2).Single() is var value && value.Has(1) ? value.Text(1)
            : value.Has(4) ? $"{value.Real(4)}"
            : $"{value.Number(3)}", StringComparer.Ordinal);

    private List<object> All(int number) => _fields.GetValueOrDefault(number) ?? [];
}
