using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Tls;

namespace HaProxyNet.Configuration.Validation;

/// <summary>Thumbprints of peers' certificates are SHA-256, in hexadecimal.</summary>
internal static class ThumbprintsCheck
{
    /// <summary>Adds a fault for each that is none.</summary>
    public static void Check(SettingPath path, IList<string> thumbprints, FaultCollector faults)
    {
        for (var i = 0; i < thumbprints.Count; i++)
        {
            if (!Thumbprint.IsValid(thumbprints[i], Thumbprint.Sha256Length))
            {
                faults.Add(
                    path.Element(i),
                    $"'{thumbprints[i]}' is not a SHA-256 thumbprint",
                    "64 hexadecimal digits, with or without colons (openssl x509 -noout -fingerprint -sha256 -in FILE; doctor prints it)");
            }
        }
    }
}
