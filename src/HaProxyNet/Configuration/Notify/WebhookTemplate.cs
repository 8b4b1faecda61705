using System.Text;

namespace HaProxyNet.Configuration.Notify;

/// <summary>A text with placeholders: <c>{text}</c>, <c>{kind}</c>, … What is not a placeholder stays as it is.</summary>
internal static class WebhookTemplate
{
    private static readonly string[] _names = ["text", "kind", "cluster", "destination", "reason", "time", "host"];

    /// <summary>What is sent without a template.</summary>
    public const string Usual =
        """{"text":"{text}","kind":"{kind}","cluster":"{cluster}","destination":"{destination}","""
        + "\"reason\":\"{reason}\",\"time\":\"{time}\",\"host\":\"{host}\"}";

    /// <summary>Slack's form.</summary>
    public const string Slack = """{"text":"{text}"}""";

    /// <summary>The form of a workflow of Teams: an adaptive card.</summary>
    public const string Teams =
        """{"type":"message","attachments":[{"contentType":"application/vnd.microsoft.card.adaptive","content":"""
        + """{"type":"AdaptiveCard","version":"1.4","body":[{"type":"TextBlock","wrap":true,"text":"{text}"}]}}]}""";

    /// <summary>The template of a webhook.</summary>
    public static string Of(WebhookOptions options) => options.Kind switch
    {
        WebhookKind.Slack => Slack,
        WebhookKind.Teams => Teams,
        _ => options.Template.Length > 0 ? options.Template : Usual,
    };

    /// <summary>Fills the placeholders in, in one pass: what is filled in is not looked at again.</summary>
    public static string Fill(string template, Func<string, string> value)
    {
        var text = new StringBuilder(template.Length + 256);
        var rest = template.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var at)
        {
            text.Append(rest[..at]);
            rest = rest[at..];
            if (NameAt(rest) is { } name)
            {
                text.Append(value(name));
                rest = rest[(name.Length + 2)..];
            }
            else
            {
                text.Append('{');
                rest = rest[1..];
            }
        }

        return text.Append(rest).ToString();
    }

    private static string? NameAt(ReadOnlySpan<char> text)
    {
        foreach (var name in _names)
        {
            if (text.Length > name.Length + 1 && text[name.Length + 1] == '}' && text[1..].StartsWith(name, StringComparison.Ordinal))
            {
                return name;
            }
        }

        return null;
    }
}
