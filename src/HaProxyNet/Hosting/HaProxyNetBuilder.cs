using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace HaProxyNet.Hosting;

/// <summary>What the application has added to the proxy.</summary>
internal sealed class HaProxyNetBuilder(IServiceCollection services) : IHaProxyNetBuilder
{
    private readonly List<Func<ConnectionDelegate, ConnectionDelegate>> _middleware = [];

    public IServiceCollection Services => services;

    public IHaProxyNetBuilder Use(Func<ConnectionDelegate, ConnectionDelegate> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        _middleware.Add(middleware);
        return this;
    }

    public IHaProxyNetBuilder Rehearse()
    {
        services.AddHostedService<Rehearsal>();
        return this;
    }

    /// <summary>The chain that ends in the proxy's stages; null when nothing was added.</summary>
    public ConnectionDelegate? Build(ConnectionDelegate stages)
        => _middleware.Count == 0 ? null : Enumerable.Reverse(_middleware).Aggregate(stages, static (next, middleware) => middleware(next));
}
