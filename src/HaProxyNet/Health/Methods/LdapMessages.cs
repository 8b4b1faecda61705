using System.Formats.Asn1;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// The few messages of LDAP (RFC 4511) that a probe needs, in BER. Active Directory writes lengths in the long form even where the short
/// one would do, which BER allows.
/// </summary>
internal static class LdapMessages
{
    private const int SearchId = 1;
    private const int UnbindId = 2;

    /// <summary>The tag that every message begins with.</summary>
    private const byte Sequence = 0x30;

    private static readonly Asn1Tag _searchRequest = new(TagClass.Application, 3, isConstructed: true);
    private static readonly Asn1Tag _searchEntry = new(TagClass.Application, 4, isConstructed: true);
    private static readonly Asn1Tag _searchDone = new(TagClass.Application, 5, isConstructed: true);
    private static readonly Asn1Tag _searchReference = new(TagClass.Application, 19, isConstructed: true);
    private static readonly Asn1Tag _unbindRequest = new(TagClass.Application, 2);
    private static readonly Asn1Tag _present = new(TagClass.ContextSpecific, 7);

    private enum Scope
    {
        BaseObject = 0,
    }

    private enum Aliases
    {
        Never = 0,
    }

    /// <summary>A search of the rootDSE for no attribute.</summary>
    public static byte[] SearchRootDse { get; } = Write(SearchId, static writer =>
    {
        using (writer.PushSequence(_searchRequest))
        {
            writer.WriteOctetString([]);
            writer.WriteEnumeratedValue(Scope.BaseObject);
            writer.WriteEnumeratedValue(Aliases.Never);
            writer.WriteInteger(0);
            writer.WriteInteger(0);
            writer.WriteBoolean(false);
            writer.WriteOctetString("objectClass"u8, _present);
            using (writer.PushSequence())
            {
                // "No attributes" (RFC 4511, 4.5.1.8).
                writer.WriteOctetString("1.1"u8);
            }
        }
    });

    /// <summary>The orderly end.</summary>
    public static byte[] Unbind { get; } = Write(UnbindId, static writer => writer.WriteNull(_unbindRequest));

    /// <summary>Reads the first message; false until it has arrived whole.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static bool TryRead(ReadOnlySpan<byte> received, out int length, out LdapAnswer answer)
    {
        (length, answer) = (0, LdapAnswer.Unhealthy);
        if (received.IsEmpty)
        {
            return false;
        }

        if (received[0] != Sequence)
        {
            throw new AsnContentException("An LDAP message is a sequence.");
        }

        if (!AsnDecoder.TryReadEncodedValue(received, AsnEncodingRules.BER, out _, out _, out _, out length))
        {
            return false;
        }

        answer = Read(received[..length].ToArray());
        return true;
    }

    private static LdapAnswer Read(byte[] encoded)
    {
        var message = new AsnReader(encoded, AsnEncodingRules.BER).ReadSequence();
        var id = message.ReadInteger();
        var operation = message.PeekTag();
        if (id != SearchId)
        {
            // Id 0 is a notice of disconnection.
            return LdapAnswer.Unhealthy;
        }

        if (operation == _searchEntry || operation == _searchReference)
        {
            return LdapAnswer.Entry;
        }

        return operation == _searchDone && LdapResults.SaysThatItWorks(message.ReadSequence(_searchDone).ReadEnumeratedBytes().Span)
            ? LdapAnswer.Healthy
            : LdapAnswer.Unhealthy;
    }

    private static byte[] Write(int id, Action<AsnWriter> operation)
    {
        var writer = new AsnWriter(AsnEncodingRules.BER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(id);
            operation(writer);
        }

        return writer.Encode();
    }
}
