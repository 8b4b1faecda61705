namespace HaProxyNet.Comparison;

/// <summary>A fault of the run that an operator can act on; its message says what to do, so no stack trace is shown.</summary>
internal sealed class ComparisonException : Exception
{
    public ComparisonException(string message)
        : base(message)
    {
    }

    public ComparisonException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public ComparisonException()
    {
    }
}
