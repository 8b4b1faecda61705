using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Maintaining;

/// <summary>A shared store can be found, and each secret stands in one place.</summary>
internal sealed class MaintenanceValidator : IOptionsValidator
{
    private const string Allowed = "a URL such as https://etcd1.corp.example:2379, without a path";
    private const string AllowedName = "letters, digits, '-', '_' and '.', at most 64";
    private const int LongestName = 64;

    public void Validate(ValidationContext context)
    {
        var options = context.Options.Maintenance;
        var path = SettingPath.Root.Child(nameof(ProxyOptions.Maintenance));
        CheckName(path.Child(nameof(MaintenanceOptions.Name)), options.Name, isNeeded: true, context.Faults);
        CheckName(path.Child(nameof(MaintenanceOptions.Node)), options.Node, isNeeded: false, context.Faults);
        var etcdPath = path.Child(nameof(MaintenanceOptions.Etcd));
        if (options.Store is MaintenanceStoreKind.Etcd)
        {
            Check(etcdPath, options.Etcd, context.Faults);
        }
        else
        {
            UnusedSetting.Warn(
                etcdPath, "with Store File", "Store Etcd", context.Faults,
                (nameof(EtcdOptions.Endpoints), options.Etcd.Endpoints.Count > 0));
        }
    }

    private static void Check(SettingPath path, EtcdOptions options, FaultCollector faults)
    {
        if (options.Endpoints.Count == 0)
        {
            faults.Add(path.Child(nameof(EtcdOptions.Endpoints)), "is empty, and Store is Etcd", Allowed);
        }

        for (var i = 0; i < options.Endpoints.Count; i++)
        {
            CheckEndpoint(path.Child(nameof(EtcdOptions.Endpoints)).Element(i), options.Endpoints[i], options, faults);
        }

        if (!options.Prefix.StartsWith('/') || !options.Prefix.EndsWith('/') || options.Prefix.Any(char.IsControl))
        {
            faults.Add(
                path.Child(nameof(EtcdOptions.Prefix)),
                $"'{options.Prefix}' does not begin and end with '/'",
                "a prefix such as /haproxynet/");
        }

        if (options.KeyPath.Length > 0 && options.CertificatePath.Length == 0)
        {
            faults.Add(
                path.Child(nameof(EtcdOptions.CertificatePath)), "is missing, and KeyPath is given", "the PEM file with the certificate");
        }

        CheckPassword(path, options, faults);
    }

    private static void CheckEndpoint(SettingPath path, string endpoint, EtcdOptions options, FaultCollector faults)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
            || url.Scheme is not ("http" or "https")
            || url.PathAndQuery != "/"
            || url.UserInfo.Length > 0)
        {
            faults.Add(path, $"'{endpoint}' is not the URL of a member of etcd", Allowed);
        }
        else if (url.Scheme == "http" && !url.IsLoopback)
        {
            faults.Warn(path, "is not encrypted: anybody on the way can take destinations out of service", "https");
        }
        else if (url.Scheme == "http" && (options.CaPath.Length > 0 || options.CertificatePath.Length > 0))
        {
            faults.Warn(path, "is not encrypted, so CaPath and CertificatePath have no effect", "https");
        }
    }

    private static void CheckPassword(SettingPath path, EtcdOptions options, FaultCollector faults)
    {
        var (hasFile, hasVariable) = (options.PasswordFile.Length > 0, options.PasswordVariable.Length > 0);
        if (hasFile && hasVariable)
        {
            faults.Add(path.Child(nameof(EtcdOptions.PasswordFile)), "is given together with PasswordVariable", "one of both");
        }
        else if (options.UserName.Length > 0 && !hasFile && !hasVariable)
        {
            faults.Add(
                path.Child(nameof(EtcdOptions.PasswordFile)),
                "is missing, and UserName is given",
                "a file that has the password, or PasswordVariable");
        }
        else if (options.UserName.Length == 0 && (hasFile || hasVariable))
        {
            faults.Add(path.Child(nameof(EtcdOptions.UserName)), "is missing, and a password is given", "the user's name");
        }
    }

    private static void CheckName(SettingPath path, string name, bool isNeeded, FaultCollector faults)
    {
        if (name.Length > LongestName
            || (isNeeded && name.Length == 0)
            || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            faults.Add(path, $"'{name}' cannot be a part of a key", AllowedName);
        }
    }
}
