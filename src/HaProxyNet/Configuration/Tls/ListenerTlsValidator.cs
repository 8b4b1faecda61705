using System.Net;
using System.Net.Security;
using HaProxyNet.Configuration.Listeners;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Tls;

/// <summary>What a listener does with TLS fits together, and its names can be read.</summary>
internal sealed class ListenerTlsValidator : IOptionsValidator
{
    private const int LongestProtocol = 255;
    private static readonly string[] _weak = ["_NULL_", "_anon_", "_EXPORT_", "_RC4_", "_RC2_", "_DES_", "_3DES_", "_MD5"];
    private static readonly ListenerTlsOptions _untouched = new();

    public void Validate(ValidationContext context)
    {
        foreach (var (listenerPath, _, listener) in context.Listeners)
        {
            var (path, tls) = (listenerPath.Child(nameof(ListenerOptions.Tls)), listener.Tls);
            CheckUnused(path, tls, context.Faults);
            CheckNames(path, tls, context.Faults);
            CheckVersions(path, tls, context.Faults);
            if (tls.Mode is TlsMode.Terminate && !tls.Certificate.IsGiven && tls.Certificates.Count == 0)
            {
                context.Faults.Add(
                    path.Child(nameof(ListenerTlsOptions.Certificate)),
                    "is missing, and Mode is Terminate",
                    "a Path (PEM or PFX), or on Windows a Subject or a Thumbprint");
            }

            if (tls.Mode is TlsMode.Terminate && listener.ConnectOn is ConnectOn.FirstByte)
            {
                context.Faults.Warn(
                    listenerPath.Child(nameof(ListenerOptions.ConnectOn)),
                    "FirstByte has no effect with Tls.Mode Terminate: a client has shown itself by its handshake before a destination is "
                        + "connected",
                    nameof(ConnectOn.Accept));
            }
        }
    }

    internal static bool IsName(string name) => IPAddress.TryParse(name, out _) || HostName.ProblemOf(name) is null;

    private static void CheckUnused(SettingPath path, ListenerTlsOptions tls, FaultCollector faults)
    {
        var client = tls.ClientCertificate;
        if (tls.Mode is not TlsMode.Terminate)
        {
            UnusedSetting.Warn(
                path,
                $"with Mode {tls.Mode}",
                "Mode Terminate",
                faults,
                (nameof(ListenerTlsOptions.Certificate), tls.Certificate.IsGiven),
                (nameof(ListenerTlsOptions.Certificates), tls.Certificates.Count > 0),
                (nameof(ListenerTlsOptions.ClientCertificate), client.Mode is not ClientCertificateMode.None),
                (nameof(ListenerTlsOptions.HandshakeTimeout), tls.HandshakeTimeout != _untouched.HandshakeTimeout),
                (nameof(ListenerTlsOptions.MaxHandshakes), tls.MaxHandshakes != _untouched.MaxHandshakes),
                (nameof(ListenerTlsOptions.MinVersion), tls.MinVersion != _untouched.MinVersion),
                (nameof(ListenerTlsOptions.CipherSuites), tls.CipherSuites.Count > 0),
                (nameof(ListenerTlsOptions.Alpn), tls.Alpn.Count > 0));
        }

        if (tls.Mode is TlsMode.None)
        {
            UnusedSetting.Warn(
                path,
                "with Mode None",
                "Mode Passthrough or Terminate",
                faults,
                (nameof(ListenerTlsOptions.ServerName), tls.ServerName.Length > 0),
                (nameof(ListenerTlsOptions.HelloTimeout), tls.HelloTimeout != _untouched.HelloTimeout));
        }

        if (client.Mode is ClientCertificateMode.None)
        {
            UnusedSetting.Warn(
                path.Child(nameof(ListenerTlsOptions.ClientCertificate)),
                "with ClientCertificate.Mode None: no client is asked for a certificate",
                "Mode Required or Optional",
                faults,
                (nameof(ClientCertificateOptions.CaPath), client.CaPath.Length > 0),
                (nameof(ClientCertificateOptions.AllowedSubjects), client.AllowedSubjects.Count > 0));
        }
    }

    private static void CheckNames(SettingPath path, ListenerTlsOptions tls, FaultCollector faults)
    {
        if (tls.ServerName.Length > 0 && !IsName(tls.ServerName))
        {
            faults.Add(
                path.Child(nameof(ListenerTlsOptions.ServerName)),
                $"'{tls.ServerName}' is not a host name",
                "the name that clients use, such as iqservice.corp.example");
        }

        for (var i = 0; i < tls.CipherSuites.Count; i++)
        {
            CheckSuite(path.Child(nameof(ListenerTlsOptions.CipherSuites)).Element(i), tls.CipherSuites[i], faults);
        }

        for (var i = 0; i < tls.Alpn.Count; i++)
        {
            if (tls.Alpn[i].Length is 0 or > LongestProtocol || !tls.Alpn[i].All(char.IsAscii))
            {
                faults.Add(
                    path.Child(nameof(ListenerTlsOptions.Alpn)).Element(i),
                    $"'{tls.Alpn[i]}' cannot be a protocol",
                    "1 to 255 ASCII characters, such as http/1.1");
            }
        }
    }

    private static void CheckVersions(SettingPath path, ListenerTlsOptions tls, FaultCollector faults)
    {
        if (tls.Mode is TlsMode.Terminate && !SpokenVersions.Of(tls.MinVersion, [.. tls.CipherSuites]).Any)
        {
            faults.Add(
                path.Child(nameof(ListenerTlsOptions.CipherSuites)),
                $"holds no suite of TLS 1.3, and MinVersion is {tls.MinVersion}: no client could connect",
                "a suite such as TLS_AES_256_GCM_SHA384 in the list, an empty list, or MinVersion Tls12");
        }
    }

    private static void CheckSuite(SettingPath path, string suite, FaultCollector faults)
    {
        var known = Enum.GetNames<TlsCipherSuite>();
        if (!known.Contains(suite, StringComparer.Ordinal))
        {
            var question = NearestName.Question(suite, known) is { } meant ? $"{meant} " : "";
            faults.Add(
                path,
                $"'{suite}' is not a cipher suite",
                $"{question}The name in IANA's list, such as TLS_AES_256_GCM_SHA384 or TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
        }
        else if (OperatingSystem.IsWindows())
        {
            faults.Add(path, "Windows chooses the suites itself (group policy)", "an empty list on Windows");
        }
        else if (_weak.Any(part => suite.Contains(part, StringComparison.Ordinal)))
        {
            faults.Warn(path, $"{suite} protects nothing any more", "suites with AES-GCM or ChaCha20 and ECDHE, or an empty list");
        }
    }
}
