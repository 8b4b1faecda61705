namespace HaProxyNet.Server.Incident;

/// <summary>One thing that happened, as a sentence.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What, as in <c>/api/v1/events</c>.</param>
/// <param name="Weight"><c>bad</c>, <c>good</c> or <c>plain</c>.</param>
/// <param name="Sentence">The sentence.</param>
internal sealed record StoryLine(DateTimeOffset At, string Kind, string Weight, string Sentence);
