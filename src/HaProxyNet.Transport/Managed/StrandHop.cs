namespace HaProxyNet.Transport.Managed;

/// <summary>What goes on after an await that leads to a strand.</summary>
/// <param name="continuation">What goes on.</param>
/// <param name="state">Its state.</param>
internal sealed class StrandHop(Action<object?> continuation, object? state) : IStrandWork
{
    public void Run() => continuation(state);
}
