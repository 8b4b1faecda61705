using System.IO.Pipes;
using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace HaProxyNet.Control.Trust;

/// <summary>The users that may open the control pipe, and whose pipe a command trusts.</summary>
[SupportedOSPlatform("windows")]
internal static class PipeRights
{
    /// <summary>Virtual accounts of services.</summary>
    private const string ServiceAccounts = "S-1-5-80-";

    /// <summary>The proxy's own user and administrators of this machine; nobody over the network.</summary>
    public static PipeSecurity OfProxy()
    {
        var rights = new PipeSecurity();
        rights.AddAccessRule(new(
            new SecurityIdentifier(WellKnownSidType.NetworkSid, domainSid: null), PipeAccessRights.FullControl, AccessControlType.Deny));
        rights.AddAccessRule(new(
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, domainSid: null),
            PipeAccessRights.ReadWrite,
            AccessControlType.Allow));
        rights.AddAccessRule(new(Own(), PipeAccessRights.FullControl, AccessControlType.Allow));
        return rights;
    }

    /// <summary>Whether a pipe is one that a proxy can have made: any user can make a pipe of any name that is free.</summary>
    public static bool IsTrusted(PipeStream pipe)
        => pipe.GetAccessControl().GetOwner(typeof(SecurityIdentifier)) is SecurityIdentifier owner
            && (owner.Equals(Own())
                || owner.IsWellKnown(WellKnownSidType.BuiltinAdministratorsSid)
                || owner.IsWellKnown(WellKnownSidType.LocalSystemSid)
                || owner.Value.StartsWith(ServiceAccounts, StringComparison.Ordinal)
                || IsManaged(owner));

    private static SecurityIdentifier Own()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User!;
    }

    /// <summary>Managed service accounts have names that end with a dollar sign, as those of machines do.</summary>
    private static bool IsManaged(SecurityIdentifier owner)
    {
        try
        {
            return owner.Translate(typeof(NTAccount)).Value.EndsWith('$');
        }
        catch (IdentityNotMappedException)
        {
            return false;
        }
    }
}
