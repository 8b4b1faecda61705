namespace HaProxyNet.Transport.Handover;

/// <summary>One direction of a relay that is held: what has been read from its sender and not been given to its receiver.</summary>
/// <param name="HasEnded">Nothing more is read from the sender.</param>
/// <param name="Left">Bytes that the receiver had no room for; empty as a rule.</param>
/// <param name="Piped">Bytes in a pipe of the kernel; 0: there is none.</param>
/// <param name="PipeOut">The end of the pipe that is read from; below zero: there is none.</param>
/// <param name="PipeIn">The end of the pipe that is written to.</param>
internal sealed record HeldDirection(bool HasEnded, byte[] Left, int Piped, int PipeOut, int PipeIn)
{
    private static readonly HeldDirection _empty = new(HasEnded: false, [], 0, -1, -1);
    private static readonly HeldDirection _emptyAndEnded = _empty with { HasEnded = true };

    /// <summary>Whether bytes wait in it.</summary>
    public bool HoldsBytes => Left.Length > 0 || Piped > 0;

    /// <summary>A direction that holds nothing.</summary>
    public static HeldDirection Empty(bool hasEnded) => hasEnded ? _emptyAndEnded : _empty;
}
