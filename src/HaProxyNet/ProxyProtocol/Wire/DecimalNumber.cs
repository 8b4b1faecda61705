namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>Numbers as version 1 writes them: digits only, and no zero in front. Pure.</summary>
internal static class DecimalNumber
{
    private const int MostDigits = 5;

    /// <summary>Reads a number of at most five digits and at most <paramref name="largest"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, int largest, out int number)
    {
        number = 0;
        if (text.Length is 0 or > MostDigits || (text[0] == '0' && text.Length > 1))
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (10 * number) + (digit - '0');
        }

        return number <= largest;
    }
}
