namespace HaProxyNet.Configuration.Validation;

/// <summary>One concern of a valid configuration. Reports every fault that it finds; never throws for content.</summary>
internal interface IOptionsValidator
{
    void Validate(ValidationContext context);
}
