namespace HaProxyNet.Tests.Configuration.Validation;

public sealed class NotifyValidatorTests
{
    [Theory]
    [InlineData("""{ "Kind": "Slack" }""", "UrlFile: is missing; a file that has the URL, or UrlVariable")]
    [InlineData("""{ "UrlFile": "a", "UrlVariable": "B" }""", "UrlFile: is given together with UrlVariable; ")]
    [InlineData(
        """{ "UrlFile": "a", "TokenFile": "b", "TokenVariable": "C" }""", "TokenFile: is given together with TokenVariable; one of both")]
    [InlineData("""{ "UrlFile": "a", "Template": "{text}" }""", "Template: does not make JSON; ")]
    [InlineData("""{ "UrlFile": "a", "Timeout": "00:00:00" }""", "Timeout: is zero; ")]
    [InlineData("""{ "UrlFile": "a", "Url": "https://x" }""", "Url: unknown key 'Url'; ")]
    public void Read_ImpossibleWebhook_IsAFault(string webhook, string expected)
        => Assert.StartsWith(
            "HaProxyNet.Notify.Webhooks.ops." + expected,
            ConfigurationSample.FaultsOf(ConfigurationSample.With("Notify", $$"""{ "Webhooks": { "ops": {{webhook}} } }"""))[0].ToString(),
            StringComparison.Ordinal);

    [Fact]
    public void Read_TemplateOfSlack_IsAWarning()
        => Assert.StartsWith(
            "HaProxyNet.Notify.Webhooks.ops.Template: has no effect with Kind Slack; Kind Json",
            Assert.Single(ConfigurationSample.Load(ConfigurationSample.With(
                "Notify", """{ "Webhooks": { "ops": { "Kind": "Slack", "UrlVariable": "U", "Template": "{}" } } }""")).Reading.Warnings)
                .ToString(),
            StringComparison.Ordinal);
}
