using System.IO.Pipes;
using System.Runtime.Versioning;
using HaProxyNet.Control.Trust;

namespace HaProxyNet.Management.Control;

/// <summary>A named pipe of Windows that its user and administrators can open, on this machine.</summary>
[SupportedOSPlatform("windows")]
internal sealed class PipeControlListener : ControlListener
{
    private NamedPipeServerStream? _next;

    private PipeControlListener(string name, NamedPipeServerStream first) => (Place, _next) = (name, first);

    public override string Place { get; }

    /// <summary>Opens it.</summary>
    /// <exception cref="ControlUnavailableException">It cannot be had; the message says why.</exception>
    public static PipeControlListener Create(string name)
    {
        try
        {
            return new(name, NewPipe(name, PipeOptions.FirstPipeInstance));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new ControlUnavailableException(
                $"pipe {name}: another process has it; give each proxy a ControlSocket of its own", isTaken: true);
        }
    }

    public override async ValueTask<ControlPeer> AcceptAsync(CancellationToken cancellation)
    {
        var pipe = _next ??= NewPipe(Place, PipeOptions.None);
        try
        {
            await pipe.WaitForConnectionAsync(cancellation);
        }
        catch
        {
            _next = null;
            await pipe.DisposeAsync();
            throw;
        }

        // The next one is there before this one is served: at no moment is the name free.
        _next = NewPipe(Place, PipeOptions.None);
        return new(pipe, PeerIdentity.Unknown);
    }

    protected override void Dispose(bool disposing) => _next?.Dispose();

    private static NamedPipeServerStream NewPipe(string name, PipeOptions more) => NamedPipeServerStreamAcl.Create(
        name, PipeDirection.InOut, NamedPipeServerStream.MaxAllowedServerInstances, PipeTransmissionMode.Byte,
        PipeOptions.Asynchronous | more,
        inBufferSize: 0, outBufferSize: 0, PipeRights.OfProxy());
}
