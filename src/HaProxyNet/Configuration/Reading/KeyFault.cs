namespace HaProxyNet.Configuration.Reading;

/// <summary>A key that is wrong as such, whatever its value.</summary>
internal sealed record KeyFault(SettingPath Path, string Problem, string Allowed)
{
    /// <summary>The known keys of which one was probably meant, so that it is not reported as missing too.</summary>
    public IReadOnlyList<string> Meant { get; init; } = [];
}
