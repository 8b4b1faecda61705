namespace HaProxyNet.Simulator.Framing;

/// <summary>
/// The bytes received are no frame, or the frame's content is no request or reply. The message says what was found and what is allowed.
/// </summary>
public sealed class FrameFormatException : Exception
{
    /// <summary>Creates the exception without a message.</summary>
    public FrameFormatException()
    {
    }

    /// <summary>Creates the exception; <paramref name="message"/> says what was found and what is allowed.</summary>
    public FrameFormatException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with the parser's own complaint as <paramref name="innerException"/>.</summary>
    public FrameFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
