using System.Diagnostics;
using System.Globalization;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Tracing;

/// <summary>
/// The trace of one change of the active destination. Its spans have the times of the events, and are no activity of the thread that makes
/// them.
/// </summary>
internal sealed class FailoverTrace
{
    private readonly ActivitySource _source;
    private readonly Activity _root;

    private FailoverTrace(ActivitySource source, Activity root, DateTimeOffset decidedAt)
        => (_source, _root, DecidedAt) = (source, root, decidedAt);

    /// <summary>When the other destination became the active one.</summary>
    public DateTimeOffset DecidedAt { get; }

    /// <summary>Begins it, with the spans of what has happened already; null: nobody wants this trace.</summary>
    /// <param name="source">Where spans come from.</param>
    /// <param name="change">The change: a failover, a failback, or the loss of the last destination.</param>
    /// <param name="down">The last destination of this cluster that went down before; null: none did.</param>
    public static FailoverTrace? Begin(ActivitySource source, StateEvent change, StateEvent? down)
    {
        // What an operator or a failback decides was not detected.
        var from = Fact(change, "from");
        var cause = down is not null && string.Equals(down.Destination, from, StringComparison.OrdinalIgnoreCase) ? down : null;
        var began = cause is null ? change.At : cause.At - Took(cause);
        var root = Span(source, change.Kind is EventKinds.Failback ? "failback" : "failover", parent: default, began,
            ("cluster", change.Cluster), ("from", from), ("to", change.Kind is EventKinds.AllDown ? "none" : change.Destination),
            ("reason", change.Reason));
        if (root is null)
        {
            return null;
        }

        if (cause is not null)
        {
            End(Span(source, "detection", root.Context, began, ("destination", from), ("reason", cause.Reason)), cause.At);
        }

        End(Span(source, "decision", root.Context, cause?.At ?? change.At, ("reason", change.Reason)), change.At);
        if (change.Kind is EventKinds.AllDown)
        {
            root.SetStatus(ActivityStatusCode.Error, change.Text);
        }

        return new FailoverTrace(source, root, change.At);
    }

    /// <summary>The first client has been connected to the other destination, and the trace is complete.</summary>
    public void Connected(DateTimeOffset at, TimeSpan took)
    {
        var span = Span(
            _source,
            "first connection",
            _root.Context,
            DecidedAt,
            ("destination", _root.GetTagItem(InstrumentTags.Of("to", "").Key)?.ToString()));
        span?.SetTag(InstrumentTags.Of("connect.duration", "").Key, took.TotalSeconds);
        End(span, at);
        End(at);
    }

    /// <summary>Ends it as it is.</summary>
    public void End(DateTimeOffset at) => End(_root, at);

    private static Activity? Span(
        ActivitySource source,
        string name,
        ActivityContext parent,
        DateTimeOffset began,
        params ReadOnlySpan<(string Name, string? Value)> tags)
    {
        var (current, list) = (Activity.Current, new ActivityTagsCollection());
        foreach (var (tag, value) in tags)
        {
            list.Add(InstrumentTags.Of(tag, value ?? ""));
        }

        Activity.Current = null;
        var span = source.StartActivity(name, ActivityKind.Internal, parent, list, startTime: began);
        Activity.Current = current;
        return span;
    }

    private static void End(Activity? span, DateTimeOffset at)
    {
        // A clock that is set back meanwhile makes no span that ends before it began.
        span?.SetEndTime(at.UtcDateTime > span.StartTimeUtc ? at.UtcDateTime : span.StartTimeUtc);
        span?.Stop();
    }

    private static string? Fact(StateEvent change, string name) => change.Facts?.GetValueOrDefault(name);

    private static TimeSpan Took(StateEvent down)
        => double.TryParse(Fact(down, "tookMs"), CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : TimeSpan.Zero;
}
