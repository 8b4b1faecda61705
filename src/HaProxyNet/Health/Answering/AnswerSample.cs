using System.Runtime.InteropServices;

namespace HaProxyNet.Health.Answering;

/// <summary>What one look at the connections of a destination has found. Times are timestamps; 0: never.</summary>
/// <param name="WaitingSince">When the connection that waits longest for its first answer sent its last byte.</param>
/// <param name="AnsweredConnectAt">When the youngest connection that has been answered was connected.</param>
/// <param name="AnsweredCloseAt">When connections that had been answered were last seen to have closed.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AnswerSample(long WaitingSince, long AnsweredConnectAt, long AnsweredCloseAt);
