namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>Values as they stand in a file, of every type and at every edge.</summary>
internal static class StrangeValues
{
    /// <summary>Pieces of JSON; some are none.</summary>
    public static string[] Json { get; } =
    [
        "null", "true", "false", "0", "-1", "1", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "1e308", "1e999", "-0",
        "0.5", "1E-7", "00", "NaN", "0x10",
        "{}", "[]", "[[]]", "[{}]", "[null]", "{\"\":\"\"}", "{\"a:b\":1}", "{\"0\":\"x\"}", "[1,2,3]", "{\"Default\":{}}",
        "{\"LogLevel\":{\"Default\":\"Loud\"}}", "{\"LogLevel\":\"x\"}",
        "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud83d\"", "\"\\udc00\\ud83d\"", "\"\\ud83d\\ude00\"", "\"\\u202e\"", "\"\\u001b[31m\"",
        "\"\\n\"", "\"\\t00:00:01\"", "\"ﬁ\"", "\"İ\"",
        "\"00:00:00\"", "\"-00:00:01\"", "\"10675199.02:48:05.4775807\"", "\"10675199.02:48:05.4775808\"", "\"24:00:00\"", "\"1\"",
        "\"999999999\"", "\"00:00:00.0000001\"", "\"1:2:3:4:5\"", "\"P1D\"",
        "\"*\"", "\"*:*\"", "\":\"", "\":0\"", "\"localhost\"", "\"127.0.0.1\"", "\"127.0.0.1:65536\"", "\"127.0.0.1:-1\"", "\"[::]:0\"",
        "\"[::1%lo]:1\"", "\"[::ffff:127.0.0.1]:1\"", "\"0.0.0.0:0\"",
        "\"999.1.1.1:1\"", "\"a..b:1\"", "\"münchen.example:1\"", "\"xn--:1\"", "\"-a:1\"", "\"a.:1\"", "\".:1\"", "\"0/0\"", "\"::/129\"",
        "\"10.0.0.0/33\"", "\"10.0.0.1/8\"",
        "\"Reactor\"", "\"reactor\"", "\"7\"", "\"Tls12,Tls13\"", "\"Auto\"", "\"Loud\"", "\"/dev/null\"", "\"/dev/zero\"", "\"/\"",
        "\"../../x\"", "\"a\\u0000b\"", "\"%s%n\"", "\"${HOME}\"", "\"__\"",
    ];

    /// <summary>Texts for environment variables.</summary>
    public static string[] Text { get; } = [
        "",
        " ",
        "0",
        "-1",
        "true",
        "null",
        "{}",
        "00:00:01",
        "Loud",
        "Information",
        "127.0.0.1:1",
        "x\ud83d",
        "\u202e",
        "\n",
        "99999999999999999999",
        new('9', 5000),
    ];

    /// <summary>Names of keys.</summary>
    public static string[] Keys { get; } =
    [
        "", " ", ":", "a:b", "__", "0", "1", "Listeners", "listeners", "Clusters", "Logging", "LogLevel", "HaProxyNet", "\ud83d", "\u0000",
        "ı", "Endpoint", "Destinations", new('k', 300),
    ];
}
