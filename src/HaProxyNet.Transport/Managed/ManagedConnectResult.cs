using System.Net.Sockets;
using System.Runtime.InteropServices;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>How a connect attempt of the Managed engine ended, and its socket when it was accepted.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ManagedConnectResult(ConnectStatus Status, Socket? Socket);
