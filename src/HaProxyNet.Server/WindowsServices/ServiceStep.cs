namespace HaProxyNet.Server.WindowsServices;

/// <summary>One command of Windows, and what it is for.</summary>
/// <param name="Purpose">What fails when it fails.</param>
/// <param name="Command">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ServiceStep(string Purpose, string Command, IReadOnlyList<string> Arguments);
