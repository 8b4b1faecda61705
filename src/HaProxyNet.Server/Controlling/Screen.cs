using Spectre.Console;
using Spectre.Console.Rendering;

namespace HaProxyNet.Server.Controlling;

/// <summary>Whether a person looks at the output.</summary>
internal static class Screen
{
    /// <summary>The terminal, when that is where the output goes.</summary>
    public static IAnsiConsole? Of(TextWriter output)
        => ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Interactive
            ? AnsiConsole.Console
            : null;

    /// <summary>Tables one under the other, with a line between them.</summary>
    public static IRenderable Stack(IReadOnlyList<TextTable> tables)
        => new Rows(tables.SelectMany((t, i) => i == 0 ? [t.Draw()] : new[] { Text.Empty, t.Draw() }));

    /// <summary>Shows tables one under the other.</summary>
    public static void Show(TextWriter output, params IReadOnlyList<TextTable> tables)
    {
        if (Of(output) is { } console)
        {
            console.Write(Stack(tables));
            return;
        }

        for (var i = 0; i < tables.Count; i++)
        {
            if (i > 0)
            {
                output.WriteLine();
            }

            tables[i].Write(output);
        }
    }
}
