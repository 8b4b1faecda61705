using System.Runtime.CompilerServices;

namespace HaProxyNet.Transport.Async;

/// <summary>
/// The task of an async method that nobody waits for: it starts at once, and what it kept while it waited goes back to its pool when it
/// ends. The method must catch everything.
/// </summary>
[AsyncMethodBuilder(typeof(LaneRunBuilder))]
internal readonly struct LaneRun;
