namespace HaProxyNet.Management.Page.Timelines;

/// <summary>Something that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What, as in <c>/api/v1/events</c>.</param>
/// <param name="Text">The sentence.</param>
public sealed record TimeMark(DateTimeOffset At, string Kind, string Text);
