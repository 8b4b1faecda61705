using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Configuration.Reading;

/// <summary>Where a setting is: the key that <see cref="IConfiguration"/> knows it by, and the form that an operator reads.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SettingPath(string Key, string Text)
{
    public static SettingPath Root { get; } = new(ProxyOptions.SectionName, ProxyOptions.SectionName);

    public SettingPath Child(string name) => new(ConfigurationPath.Combine(Key, name), $"{Text}.{Shown(name)}");

    /// <summary>A key at the top of the file.</summary>
    public static SettingPath Top(string name) => new(name, Shown(name));

    public SettingPath Element(int index)
    {
        var digits = index.ToString(CultureInfo.InvariantCulture);
        return new(ConfigurationPath.Combine(Key, digits), $"{Text}[{digits}]");
    }

    public override string ToString() => Text;

    /// <summary>A key that is empty, or spaces alone, is nothing to look for without quotes.</summary>
    private static string Shown(string name) => string.IsNullOrWhiteSpace(name) ? $"'{name}'" : name;
}
