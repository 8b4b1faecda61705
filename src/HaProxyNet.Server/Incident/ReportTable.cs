namespace HaProxyNet.Server.Incident;

/// <summary>A table of the report: the same in every form.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="None">What is said in its place when it has no row.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows.</param>
internal sealed record ReportTable(string Title, string None, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
