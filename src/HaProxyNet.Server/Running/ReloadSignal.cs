using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Server.Running;

/// <summary>SIGHUP: reads the configuration again.</summary>
internal sealed class ReloadSignal : IDisposable
{
    private readonly PosixSignalRegistration _registration;

    public ReloadSignal(IConfigurationRoot configuration)
        => _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Not what the signal means to a program without a terminal.
            context.Cancel = true;
            configuration.Reload();
        });

    public void Dispose() => _registration.Dispose();
}
