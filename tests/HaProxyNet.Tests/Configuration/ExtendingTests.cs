using System.ComponentModel;
using System.Text.Json.Serialization;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Tests.Configuration;

/// <summary>Kinds of settings that the proxy's options do not have yet: adding one needs nothing but the property.</summary>
public sealed partial class ExtendingTests
{
    public enum Mode
    {
        None,
        Passthrough,
        Terminate,
    }

    [Theory]
    [InlineData("Mode", "passthrough", null)]
    [InlineData(
        "Mode", "Passtrough", "Root.Mode: 'Passtrough' is not known; did you mean 'Passthrough'? Allowed: None, Passthrough, Terminate")]
    [InlineData("Mode", "1", "Root.Mode: '1' is not known; one of None, Passthrough, Terminate")]
    [InlineData("Mode", null, "Root.Mode: has no value; one of None, Passthrough, Terminate")]
    [InlineData("CaPath", null, null)]
    [InlineData("Verify", "TRUE", null)]
    [InlineData("Verify", "yes", "Root.Verify: 'yes' is neither true nor false; true or false")]
    [InlineData("Wait", null, null)]
    [InlineData("Wait", "00:00:01", null)]
    [InlineData("Wait", "1", "Root.Wait: '1' is not a time: it does not say of what; hours:minutes:seconds, such as 00:00:03, 00:00:00.400 "
        + "or, for 30 hours, 1.06:00:00")]
    public void Check_NewKindOfSetting_IsHeldAgainstItsType(string key, string? value, string? line)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"Root:{key}", value)]).Build();
        var faults = new FaultCollector();
        new ShapeCheck(faults, new SettingOrigin(configuration))
            .Check(configuration.GetSection("Root"), new SettingPath("Root", "Root"), Keys.Default.Settings);

        Assert.Equal(line, faults.Faults.SingleOrDefault()?.ToString());
    }

    public sealed class Settings
    {
        public Mode Mode { get; set; }

        [Description("May be null.")]
        public string? CaPath { get; set; }

        public bool Verify { get; set; }

        public TimeSpan? Wait { get; set; }
    }

    [JsonSourceGenerationOptions(
        GenerationMode = JsonSourceGenerationMode.Metadata, RespectNullableAnnotations = true, UseStringEnumConverter = true)]
    [JsonSerializable(typeof(Settings))]
    private sealed partial class Keys : JsonSerializerContext;
}
