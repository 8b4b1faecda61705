using System.Net.Sockets;

namespace HaProxyNet.Transport.Vocabulary;

/// <summary>One error of connect(2) and what it means.</summary>
/// <param name="Errno">Linux' number (include/uapi/asm-generic/errno.h); 0 where only .NET has a word for it.</param>
/// <param name="Error">.NET's word, which several numbers may share.</param>
/// <param name="Means">What it says of the destination, of the way there, or of this machine.</param>
/// <param name="Source">Where it comes from.</param>
internal sealed record ConnectError(int Errno, SocketError Error, ConnectStatus Means, string Source);
