namespace HaProxyNet.Health.Methods;

/// <summary>What a message of an LDAP server means to a probe.</summary>
internal enum LdapAnswer
{
    /// <summary>An entry or a reference; the result comes behind it.</summary>
    Entry,

    /// <summary>The server works: it succeeded, or refuses an anonymous question.</summary>
    Healthy,

    /// <summary>The server says that it cannot (busy, unavailable, …), ends the connection, or answers something else.</summary>
    Unhealthy,
}
