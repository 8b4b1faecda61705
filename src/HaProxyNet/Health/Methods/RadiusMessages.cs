using System.Buffers.Binary;
using System.Security.Cryptography;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// The one exchange of RADIUS (RFC 2865) that a probe needs: Status-Server and its answer (RFC 5997), with the secret that RadSec
/// prescribes (RFC 6614, 2.3). TLS protects them; MD5 is what the protocol is made of. Pure.
/// </summary>
internal static class RadiusMessages
{
    /// <summary>The longest packet.</summary>
    public const int MostBytes = 4096;

    /// <summary>The random bytes of a question.</summary>
    public const int AuthenticatorLength = 16;

    private const byte AccessAccept = 2;
    private const byte AccountingResponse = 5;
    private const byte StatusServerCode = 12;
    private const byte MessageAuthenticator = 80;
    private const int LengthAt = 2;
    private const int AuthenticatorAt = 4;
    private const int HeadLength = AuthenticatorAt + AuthenticatorLength;
    private const int AttributeHead = 2;

    private static ReadOnlySpan<byte> Secret => "radsec"u8;

    /// <summary>The question whether a server serves.</summary>
    /// <param name="id">The answer has the same.</param>
    /// <param name="authenticator">Random bytes, which the answer is made of.</param>
    public static byte[] StatusServer(byte id, ReadOnlySpan<byte> authenticator)
    {
        var packet = new byte[HeadLength + AttributeHead + AuthenticatorLength];
        (packet[0], packet[1]) = (StatusServerCode, id);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(LengthAt), (ushort)packet.Length);
        authenticator.CopyTo(packet.AsSpan(AuthenticatorAt));
        (packet[HeadLength], packet[HeadLength + 1]) = (MessageAuthenticator, AttributeHead + AuthenticatorLength);
#pragma warning disable CA5351 // Prescribed by RFC 5997.
        HMACMD5.HashData(Secret, packet, packet.AsSpan(HeadLength + AttributeHead));
#pragma warning restore CA5351
        return packet;
    }

    /// <summary>Reads the answer; false until it has arrived whole.</summary>
    /// <param name="received">What has come so far.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="isHealthy">Whether it is the answer of a server that serves, to this question.</param>
    public static bool TryRead(ReadOnlySpan<byte> received, ReadOnlySpan<byte> question, out bool isHealthy)
    {
        isHealthy = false;
        if (received.Length < AuthenticatorAt)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(received[LengthAt..]);
        if (received[0] is not (AccessAccept or AccountingResponse) || received[1] != question[1] || length is < HeadLength or > MostBytes)
        {
            return true;
        }

        if (received.Length < length)
        {
            return false;
        }

        isHealthy = AttributesFit(received[HeadLength..length]) && IsAnswerTo(received[..length], question);
        return true;
    }

    /// <summary>Attributes follow each other without a gap, and the last one ends with the packet.</summary>
    private static bool AttributesFit(ReadOnlySpan<byte> attributes)
    {
        while (attributes.Length >= AttributeHead && attributes[1] >= AttributeHead && attributes[1] <= attributes.Length)
        {
            attributes = attributes[attributes[1]..];
        }

        return attributes.IsEmpty;
    }

    /// <summary>The authenticator of an answer is a hash of it, with the question's in its place, and of the secret.</summary>
    private static bool IsAnswerTo(ReadOnlySpan<byte> answer, ReadOnlySpan<byte> question)
    {
        byte[] hashed = [.. answer, .. Secret];
        question.Slice(AuthenticatorAt, AuthenticatorLength).CopyTo(hashed.AsSpan(AuthenticatorAt));
        Span<byte> expected = stackalloc byte[AuthenticatorLength];
#pragma warning disable CA5351 // Prescribed by RFC 2865.
        MD5.HashData(hashed, expected);
#pragma warning restore CA5351
        return answer.Slice(AuthenticatorAt, AuthenticatorLength).SequenceEqual(expected);
    }
}
