namespace HaProxyNet.Management.Control;

/// <summary>Puts a new process in the place of this one. Any thread; one at a time.</summary>
internal interface IUpgrade
{
    /// <summary>Starts a new process and gives it everything.</summary>
    /// <param name="binary">Its executable; null: the one that runs, or what stands in its place by now.</param>
    /// <returns>Whether it serves, and what an operator should know.</returns>
    Task<(bool HasSucceeded, string Words)> RunAsync(string? binary);
}
