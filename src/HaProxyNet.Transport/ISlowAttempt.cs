using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>A connect attempt that was not answered soon and goes on while the next one is tried. It may outlive its connection.</summary>
internal interface ISlowAttempt
{
    /// <summary>What it connects to, as <see cref="Lane.MoveOn"/> names it.</summary>
    object Target { get; }

    /// <summary>It has ended, and no connection wants it.</summary>
    void Report(ConnectStatus status);
}
