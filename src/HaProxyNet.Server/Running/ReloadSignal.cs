using System.Runtime.InteropServices;

namespace HaProxyNet.Server.Running;

/// <summary>SIGHUP: reads the configuration again.</summary>
internal sealed class ReloadSignal : IDisposable
{
    private readonly PosixSignalRegistration? _registration;

    /// <summary>Listens for it until disposed.</summary>
    public ReloadSignal(ConfigurationReload reload)
        // Windows sends it when the console is closed, and then the process has to end.
        => _registration = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Not what the signal means to a program without a terminal.
            context.Cancel = true;
            reload.Now();
        });

    public void Dispose() => _registration?.Dispose();
}
