namespace HaProxyNet.Management.Page.Timelines;

/// <summary>Collects spans in order of time. A clock that jumped back must not make one end before it begins.</summary>
internal sealed class SpanList(DateTimeOffset end)
{
    private readonly List<ActiveSpan> _spans = [];
    private DateTimeOffset _known;
    private bool _isOpen;
    private bool _isUnknown;

    /// <summary>This one was active at a time, and as far as is known until then nothing else was.</summary>
    public void Is(DateTimeOffset at, string? active, TimeSpan lasts, TimeSpan gap)
    {
        // A record of a minute bears the time of its begin, and says who was active at its end.
        var until = at + lasts < end ? at + lasts : end;
        if (_isOpen && at - _known > gap)
        {
            Ends(_known);
        }

        if (!_isOpen)
        {
            Begins(at);
        }

        LastWas(active);

        _known = Later(_known, until);
    }

    /// <summary>Another one is active from a time on.</summary>
    /// <param name="at">When.</param>
    /// <param name="active">The new one; null: none.</param>
    /// <param name="before">The one until then; null: none.</param>
    public void Changes(DateTimeOffset at, string? active, string? before)
    {
        if (_isOpen)
        {
            LastWas(before);
            Ends(at);
        }

        Add(at, active, isUnknown: false);
    }

    /// <summary>The proxy runs from a time on.</summary>
    public void Begins(DateTimeOffset at)
    {
        if (_isOpen)
        {
            // It was killed: what it wrote last is the last that is known.
            Ends(_known);
        }

        Add(at, active: null, isUnknown: true);
    }

    /// <summary>The proxy does not run any more.</summary>
    public void Ends(DateTimeOffset at)
    {
        if (_isOpen)
        {
            var span = _spans[^1];
            _spans[^1] = span with { To = Later(span.From, at), Runs = !_isUnknown };
            _isOpen = false;
        }
    }

    /// <summary>All spans, with those between them in which the proxy did not run.</summary>
    public List<ActiveSpan> Close()
    {
        Ends(Later(_known, end));
        var all = new List<ActiveSpan>();
        foreach (var span in _spans.Where(s => s.To > s.From))
        {
            if (all is [.., var last] && span.From > last.To)
            {
                all.Add(new(last.To, span.From, Active: null, Runs: false));
            }

            if (all is [.., { Runs: true } before] && before.Active == span.Active && before.To == span.From)
            {
                all[^1] = before with { To = span.To };
            }
            else
            {
                all.Add(span);
            }
        }

        return all;
    }

    private void Add(DateTimeOffset at, string? active, bool isUnknown)
    {
        _spans.Add(new(at, at, active, Runs: true));
        (_isOpen, _isUnknown, _known) = (true, isUnknown, Later(_known, at));
    }

    /// <summary>A proxy that has just started does not say which one is active; the next change, or the next minute, does.</summary>
    private void LastWas(string? active)
    {
        if (_isUnknown)
        {
            _spans[^1] = _spans[^1] with { Active = active };
            _isUnknown = false;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
