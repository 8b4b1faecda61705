namespace HaProxyNet.Control.Trust;

/// <summary>The users that may own what is on the way to a file: this one and root.</summary>
/// <param name="takesGrants">
/// Also a user to whom root has given a folder, in a folder that only root can write: a command of root finds the proxy of another user
/// there.
/// </param>
internal sealed class PathOwners(bool takesGrants)
{
    private readonly HashSet<uint> _known = [0, ProcessOwner.Uid];

    /// <summary>Whether this user may own what is on the way.</summary>
    public bool Contains(uint uid) => _known.Contains(uid);

    /// <summary>Judges a step: what it is, and the folder that it is in.</summary>
    public bool Accepts(FileFacts step, FileFacts parent)
    {
        if (takesGrants && parent is { Uid: 0, IsOpenToAll: false })
        {
            _known.Add(step.Uid);
        }

        return _known.Contains(step.Uid);
    }
}
