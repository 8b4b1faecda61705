namespace HaProxyNet.Health.Methods;

/// <summary>
/// What the result of a search says about the directory (RFC 4511, appendix A.2): a server that works may refuse an anonymous question.
/// Pure.
/// </summary>
internal static class LdapResults
{
    /// <summary>Whether a server that serves its clients gives this result to an anonymous search of the rootDSE.</summary>
    /// <param name="resultCode">The content of the result's ENUMERATED.</param>
    public static bool SaysThatItWorks(ReadOnlySpan<byte> resultCode) => resultCode is [var code] && SaysThatItWorks(code);

    private static bool SaysThatItWorks(byte code) => code switch
    {
        0 => true, // success
        1 => true, // operationsError: Active Directory and OpenLDAP's "require bind" say so before a bind
        4 => true, // sizeLimitExceeded: it found more than it may give
        7 => true, // authMethodNotSupported: it wants another bind than none
        8 => true, // strongerAuthRequired
        10 => true, // referral: it knows its tree
        11 => true, // adminLimitExceeded: a limit for anonymous clients
        13 => true, // confidentialityRequired: it wants TLS
        32 => true, // noSuchObject: its rules hide the rootDSE
        48 => true, // inappropriateAuthentication: no anonymous clients
        49 => true, // invalidCredentials: no anonymous clients, in other words
        50 => true, // insufficientAccessRights
        53 => true, // unwillingToPerform: OpenLDAP's "restrict search"
        _ => false, // busy (51), unavailable (52), other (80), protocolError (2), timeLimitExceeded (3), …
    };
}
