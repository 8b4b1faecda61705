using System.Text.Json;
using HaProxyNet.Configuration.Notify;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Configuration.Validation;

/// <summary>Each webhook has one place for its URL, and a template that makes JSON.</summary>
internal sealed class NotifyValidator : IOptionsValidator
{
    public void Validate(ValidationContext context)
    {
        var webhooks = SettingPath.Root.Child(nameof(ProxyOptions.Notify)).Child(nameof(NotifyOptions.Webhooks));
        foreach (var (name, options) in context.Options.Notify.Webhooks)
        {
            Check(webhooks.Child(name), options, context.Faults);
        }
    }

    private static void Check(SettingPath path, WebhookOptions options, FaultCollector faults)
    {
        if (options.UrlFile.Length > 0 == options.UrlVariable.Length > 0)
        {
            faults.Add(
                path.Child(nameof(WebhookOptions.UrlFile)),
                options.UrlFile.Length > 0 ? "is given together with UrlVariable" : "is missing",
                "a file that has the URL, or UrlVariable with the name of an environment variable that has it; one of both");
        }

        if (options.TokenFile.Length > 0 && options.TokenVariable.Length > 0)
        {
            faults.Add(path.Child(nameof(WebhookOptions.TokenFile)), "is given together with TokenVariable", "one of both");
        }

        if (options.Template.Length == 0)
        {
            return;
        }

        if (options.Kind is not WebhookKind.Json)
        {
            faults.Warn(path.Child(nameof(WebhookOptions.Template)), $"has no effect with Kind {options.Kind}", "Kind Json");
        }
        else if (!IsJson(WebhookTemplate.Fill(options.Template, static _ => "x")))
        {
            faults.Add(
                path.Child(nameof(WebhookOptions.Template)),
                "does not make JSON",
                """a body such as {"text":"{text}"}, with placeholders inside quotation marks""");
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
