namespace HaProxyNet.Management.Control;

/// <summary>Where commands come in.</summary>
internal abstract class ControlListener : IDisposable
{
    /// <summary>The path of the socket, or the name of the pipe.</summary>
    public abstract string Place { get; }

    /// <summary>Opens the first of the places that can be had.</summary>
    /// <exception cref="ControlUnavailableException">None can; the message says why, for operators.</exception>
    public static ControlListener Open(IReadOnlyList<string> places)
    {
        ControlUnavailableException? first = null;
        foreach (var place in places)
        {
            try
            {
                return OperatingSystem.IsWindows() ? PipeControlListener.Create(place) : UnixControlListener.Bind(place);
            }
            catch (ControlUnavailableException fault) when (!fault.IsTaken)
            {
                first ??= fault;
            }
        }

        throw first ?? new ControlUnavailableException("there is no place for it", isTaken: false);
    }

    /// <summary>The next peer.</summary>
    public abstract ValueTask<ControlPeer> AcceptAsync(CancellationToken cancellation);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
