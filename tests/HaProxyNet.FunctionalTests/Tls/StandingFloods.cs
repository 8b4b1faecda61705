using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>Every stack, and how many bytes of a hello a stranger sends before it falls silent: one, a half, all.</summary>
public sealed class StandingFloods : TheoryData<TlsStack, int>
{
    public StandingFloods()
    {
        foreach (var stack in new TlsStacks())
        {
            Add(stack.Data, 1);
            Add(stack.Data, 30);
            Add(stack.Data, int.MaxValue);
        }
    }
}
