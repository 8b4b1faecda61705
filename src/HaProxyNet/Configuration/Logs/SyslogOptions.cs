using System.ComponentModel;

namespace HaProxyNet.Configuration.Logs;

/// <summary>A syslog server, spoken to by RFC 5424.</summary>
internal sealed class SyslogOptions
{
    /// <summary>
    /// Where it is: <c>udp://HOST:514</c>, <c>tcp://HOST:601</c>, <c>tls://HOST:6514</c> or <c>unix:/dev/log</c>. Empty: none.
    /// </summary>
    [Description("Where it is: udp://HOST:514, tcp://HOST:601, tls://HOST:6514 or unix:/dev/log. Empty: none.")]
    public string Address { get; set; } = "";

    /// <summary>The facility of the messages; default: local use 0.</summary>
    [Description("The facility of the messages.")]
    public SyslogFacility Facility { get; set; } = SyslogFacility.Local0;

    /// <summary>With TLS: a PEM file with the authorities that may have issued the server's certificate. Empty: the system's.</summary>
    [Description("With TLS: a PEM file with the authorities that may have issued the server's certificate. Empty: the system's.")]
    public string CaPath { get; set; } = "";

    /// <summary>The name of this machine in the messages. Empty: the system's.</summary>
    [Description("The name of this machine in the messages. Empty: the system's.")]
    public string HostName { get; set; } = "";

    /// <summary>The name of the application in the messages.</summary>
    [Description("The name of the application in the messages.")]
    public string AppName { get; set; } = "haproxynet";
}
