namespace HaProxyNet.Maintaining;

/// <summary>The store cannot be used now. The message is a part of a sentence for operators, without any secret.</summary>
internal sealed class StoreAwayException : Exception
{
    public StoreAwayException()
    {
    }

    public StoreAwayException(string message)
        : base(message)
    {
    }

    public StoreAwayException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
