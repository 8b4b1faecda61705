using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Hosting;

/// <summary>Connection middleware of the application that hosts the proxy, before the proxy's own stages.</summary>
public sealed class Middleware : Scenario
{
    [Theory, ClassData<Engines>]
    public async Task Middleware_PassesOn_RunsBeforeAndAfterTheConnection(EngineKind engine)
    {
        var (seen, ended) = (0, 0);
        var setup = new ProxySetup
        {
            Application = proxy => proxy.Use(next => async connection =>
            {
                Assert.NotNull(connection.RemoteEndPoint);
                Interlocked.Increment(ref seen);
                await next(connection);
                Interlocked.Increment(ref ended);
            }),
        };
        await StartAsync(engine, setup, TestDestination.Serving("primary", Scripts.AnswerAsync("pong")));

        Assert.Equal("pong", await CallAsync());
        Assert.Equal("pong", await CallAsync());

        await Eventually.TrueAsync(() => Volatile.Read(ref ended) == 2, "the middleware saw both connections end");
        Assert.Equal(2, seen);
    }

    [Theory, ClassData<Engines>]
    public async Task Middleware_ConnectionIsRefused_SeesItsEnd(EngineKind engine)
    {
        var ended = 0;
        var setup = new ProxySetup
        {
            AllowedClients = ["10.0.0.0/8"],
            Application = proxy => proxy.Use(next => async connection =>
            {
                await next(connection);
                Interlocked.Increment(ref ended);
            }),
        };
        await StartAsync(engine, setup, TestDestination.Echoing("primary"));

        await (await ConnectAsync()).ExpectResetAsync();

        await Eventually.TrueAsync(() => Volatile.Read(ref ended) == 1, "the middleware saw the connection end");
    }

    /// <summary>An application's own access rule.</summary>
    [Theory, ClassData<Engines>]
    public async Task Middleware_AbortsInsteadOfPassingOn_ClientIsReset(EngineKind engine)
    {
        var setup = new ProxySetup
        {
            Application = proxy => proxy.Use(_ => connection =>
            {
                connection.Abort();
                return Task.CompletedTask;
            }),
        };
        await StartAsync(engine, setup, TestDestination.Echoing("primary"));

        await (await ConnectAsync()).ExpectResetAsync();
    }

    [Theory, ClassData<Engines>]
    public async Task Middleware_Throws_ClientIsResetAndTheLogTells(EngineKind engine)
    {
        Truth.ApplicationMayFail = true;
        var setup = new ProxySetup
        {
            Application = proxy => proxy.Use(_ => _ => throw new InvalidOperationException("The application's own fault.")),
        };
        await StartAsync(engine, setup, TestDestination.Echoing("primary"));

        await (await ConnectAsync()).ExpectResetAsync();

        await Eventually.TrueAsync(() => Proxy.Log.Entries.Any(e => e.Fault is InvalidOperationException), "the fault is in the log");
    }

    /// <summary>Middleware may have gone to the thread pool; the stages must run on the connection's lane all the same.</summary>
    [Theory, ClassData<Engines>]
    public async Task Middleware_PassesOnFromAnotherThread_ConnectionIsServed(EngineKind engine)
    {
        var setup = new ProxySetup
        {
            Application = proxy => proxy.Use(next => async connection =>
            {
                await Task.Run(() => { });
                await next(connection);
            }),
        };
        await StartAsync(engine, setup, TestDestination.Serving("primary", Scripts.AnswerAsync("pong")));

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal("pong", await CallAsync());
        }
    }
}
