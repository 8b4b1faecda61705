namespace HaProxyNet.Tests.Tls.Certificates;

/// <summary>
/// Files that the real tools have written, for a machine without them: an EC key and its certificate for iqservice.corp.example, with the
/// password s3cret. They were made for these tests and are used nowhere.
/// </summary>
internal static class FilesOfTools
{
    public const string Password = "s3cret";

    /// <summary>keytool -genkeypair -storetype PKCS12, JDK 17.</summary>
    public const string KeytoolPkcs12 = """
        MIIENgIBAzCCA+AGCSqGSIb3DQEHAaCCA9EEggPNMIIDyTCCATAGCSqGSIb3DQEHAaCCASEEggEdMIIBGTCCARUGCyqGSIb3DQEMCgECoIG9MIG6MGYGCSqG
        SIb3DQEFDTBZMDgGCSqGSIb3DQEFDDArBBQY9wUGMoeCbLNKZpBzYoJuk7QovwICJxACASAwDAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEHM6a+eMrW0v
        QfchZB0CUzMEUHwFYZJlrSxszxX8mCzNsBYpYrvJDyvYcxRj+KZf6gwcSiaRQFwfCCE+wMBCOf7cAvH0gfbpf6ZTUA8f2Mmtq6KDG4uMZBTR/8pHPrjxdHAx
        MUYwIQYJKoZIhvcNAQkUMRQeEgBpAHEAcwBlAHIAdgBpAGMAZTAhBgkqhkiG9w0BCRUxFAQSVGltZSAxNzk2MDQyODEzNDY3MIICkQYJKoZIhvcNAQcGoIIC
        gjCCAn4CAQAwggJ3BgkqhkiG9w0BBwEwZgYJKoZIhvcNAQUNMFkwOAYJKoZIhvcNAQUMMCsEFPKgNvyTnp8AV4QP2yspeR7Uw1SuAgInEAIBIDAMBggqhkiG
        9w0CCQUAMB0GCWCGSAFlAwQBKgQQnZra5MmTyKFiVwnT4hV/4YCCAgD8ksxUfMOypL3mhbU0pA3mEdG7CYAxoGjB2mMPbg32+b5VlLmfYPDlx2Nj47E7n0nl
        q2RvDFmJ3CZCo9wPcSrvhX/9T1SGPscc6wU3Tb4pST/mDASW5uKkirHO4xDDrRsgWQG1D4uWBr7GdSzhKPo3xOGcxiE+2rqOYmhi7YpkScd7i9BZ+26ZxqUF
        Mo1zhiVAtA7mlp/z57eDKEq9+lqdKNo1sHtatnbWeStF7oOy6K+/WuqFfQgtJmQHxG5aSLZUX6wrKVaBe5ip41EY+PwkQk6R9t/Dxhh0E+t6FgTytDZh0t4G
        GT+Tb74YtGJ8HwaAiz04O8D3UTxW4gUCHgUE6VfFYg/PSFpjEwVhzZjVTORfxTGvde1czE48OrmrwjbnSICwhju8MiI3A+PN1BptC7yjmsVPpw79PDxuf58G
        dKfY1Q9jm/vs3b5Nj00hUCDUYitasqNR/vZbXXgVOKnDXgJAwZWix00iCf33rhiBMoDwFT6aGe+U8lipZ4UuXnERZL7FYid6Nh/FEGEMOGciKozOCaTKrTCp
        ydw+UcE14Y/W2xaOM8eMFBYxo9AzEODR+bFduMGCSMOYvmG4d1pDu4wN86BXSXRNjAuRb6QNVIMfvzl0DQ7dE7JSX3GJfrMKm5ISAJ7EDqIhEDeKHrSqCS+y
        Gti+q1mq2d0rOvPz/TBNMDEwDQYJYIZIAWUDBAIBBQAEILZEgepFNNOLQ6qnb9emQmSxJVXWUyFFhBPSCs76R2IaBBTa774KVvkSGqHreI+Wawy4WFRZ/AIC
        JxA=
        """;

    /// <summary>keytool -genkeypair -storetype JKS, JDK 17.</summary>
    public const string KeytoolJks = """
        /u3+7QAAAAIAAAABAAAAAQAJaXFzZXJ2aWNlAAABoix+mT4AAAB/MH0wDgYKKwYBBAEqAhEBAQUABGuGcqfB3L+uxtiXwxqi2ZbehlsJTToYblz0CLLC2baZ
        IFK/5VCU4tnoFeB/ZT8WP3wGd7tUt+o8tMIF5fLNY9n5h4lhoKQPDLoEaLYxv0IWJ3e0kR/B3hW+NL3HWb66Vojt1kZwl7A2IPauxgAAAAEABVguNTA5AAAB
        XzCCAVswggEBoAMCAQICCBNqbM+Xvi/KMAoGCCqGSM49BAMCMCExHzAdBgNVBAMTFmlxc2VydmljZS5jb3JwLmV4YW1wbGUwIBcNMjYxMTMwMTI0NzAzWhgP
        MjEwOTAxMTkxMjQ3MDNaMCExHzAdBgNVBAMTFmlxc2VydmljZS5jb3JwLmV4YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATcnniNZbUytgSKaBe/
        YuXz3lh0IljMyTmOKfRe/c3M5Zv2rvcDWq8oDYkhNvzyFUP15pBLyK74jT0rvMZykZ0WoyEwHzAdBgNVHQ4EFgQUmUywHVR1EjC6A3Cuj7t060zJhXswCgYI
        KoZIzj0EAwIDSAAwRQIhAKs1XpGKUHnt4y+/ZVuSDwJwAyoSKxAKtSeW1PV3evktAiAiFWobAfIHpYZrou5r6M1L5jh9xLQOALxBNd08coYk+BtAvMjp4dVZ
        qjyU2jzbidzzJzFP
        """;

    /// <summary>openssl pkcs12 -export -legacy: RC2 with 40 bits and triple DES, as Windows exported before 2019.</summary>
    public const string LegacyPfx = """
        MIIDwgIBAzCCA4gGCSqGSIb3DQEHAaCCA3kEggN1MIIDcTCCAmcGCSqGSIb3DQEHBqCCAlgwggJUAgEAMIICTQYJKoZIhvcNAQcBMBwGCiqGSIb3DQEMAQYw
        DgQI4G/+AnUi4s4CAggAgIICIKAMRYmF89bI9pamw24Fu79lc//iCwwBLxyjuDabd1uCP/sJdoiKBzHbRim8gnQ0EQ6FT/+pL39TM87/fKJFCjLuPcqwKAf3
        /kTbRWj/TLtjx7FRy4uniqwC4tAQBjPLlvjzOYsUt48utc4JWZZFeIZz/kbbrYMMMdo+Ut+mG5fFSCI6rmGIh6SuFHo/9bebwA+upaWWzq5m+f3gJ58nZn0J
        ckKTfBuARIB5c8cgNHqR9N9Fk2RepWHsNIYUPRYF+elwA5h0ptoncpGP4ZIT5tIyh71zb2XLwvXLs0bCxRqFPNVowEmVVcv5hUh2WRPNTuVf3oz1wmhn0kH6
        miuitJS8sgiLjcgJoSswpicBJJUC/tg9pPlPJYog35ctq7ZTwTSXnwIVfOsJ0P07UbuJOSWzekSpsAYpAszvov8lqHH4H9+x18vJ+utb3RN5lgrdlcFC1Kwo
        ljyKa1RAe6MDdqzYqR0gOOC1fc9O8COyJruH6K9lnGfe79mMPn6phIsIKX6ATtkkz6TFEwkHc8QGXDG8NGAMCHqpBwSultyizQbmAqanEypxKLEN09fOTr32
        FPW/LjKRgoZLD3JMjDyA07jdCvhVG+LnbiWqD1wZjvld3LUWw4dbKw2A+wVUUkTU4xn7M7gSucAfbsP/dYjDJ/GZxTQncfAmt0QIbqfBNC/YREKOLF/K9fTn
        Kv429hWAohgWpn4ql9qHYyH6j3m8AjEwggECBgkqhkiG9w0BBwGggfQEgfEwge4wgesGCyqGSIb3DQEMCgECoIG0MIGxMBwGCiqGSIb3DQEMAQMwDgQIDg6R
        S8hqsm8CAggABIGQaA1A66PP8e574PgXkj0TSp9qyBlSV0kLHhQm+oMFN/OD6fBc8c6196FiEfwKL2mbSSUVCDKdakY++cd8TWw5yAcwE/4ri0u5eEfLMeNP
        igDepbn3s0yGT4t0gZdpBUdrCB13XcCjJRU6Nb7lhvn2dgdfuSNUnAg+1LKqKh70h3FOJi9FmYV08lrXXrvp0PG/MSUwIwYJKoZIhvcNAQkVMRYEFEbKQnPe
        pFfQ+ULtQFaWCtpBvJQOMDEwITAJBgUrDgMCGgUABBQi6d2G5vibQg8NsuptczcOvi4ZpwQIHn26TsHI5uECAggA
        """;

    /// <summary>openssl pkcs12 -export -legacy -certpbe PBE-SHA1-RC4-128 -keypbe PBE-SHA1-RC4-128.</summary>
    public const string Rc4Pfx = """
        MIIDswIBAzCCA3kGCSqGSIb3DQEHAaCCA2oEggNmMIIDYjCCAl8GCSqGSIb3DQEHBqCCAlAwggJMAgEAMIICRQYJKoZIhvcNAQcBMBwGCiqGSIb3DQEMAQEw
        DgQIunebDwYaEwMCAggAgIICGKdRhdOXa9wvyPF+AUCBKplnMpCXEzkn3nb8qhI19sNa+WTrIDBpzFAj8nAnEKhkDuqiXtGPPjNoIB47UXVybSNLr9Ed6Nbo
        6D7mccKDjCs9qe5Q71Khmj5zmZlHTIfsBwNFHRguhPGEEcDxwZv6SygxquanhyWAlFgSXxmM4v1t7byJSD/U4luA2fsOxy6+U4O0TfB/K9xhvgM9uacgKoK+
        s+kbV1FGbTXx84Du+WM1gYtmUJgsiUeH4H6cXdSZd/p1k5F3Vl+tyBYbKfywvChHfry5J3IzytHRqlnwYmcSoLlbsHSGuzjJUnfvM90b0QwAz2masmAiAtvb
        ZpyZnXxUOiN2OR+MWC13otJTLB21uJr3V6WUuNMxPpCFYIXjZI4Vn8sW+VPbEPxNQvr7lHFWQ7BijV1pn4L0w98OMaUD1qFoi4r0SPbHurqPy4gBqKM7AcNk
        FAbqMj6AuEL47H6u4WGNvqNAeQXmqQaQSO+YOtmJDajOUlwLbQr3hDEFrhqR/1Eud0TLuL7AVVEE9+6VMkupkT94kO7H8Kb43TNIhjzgY5QqarkETMituJWG
        21QymxZBOY8ZY/Y0pk6dspeWImuQRBIOiXZUoQnk7NgprFsbzwRWc5ZLbP20y4xhBmc8CU5Lr/ZgmawvTw6osMISmOMwNBsEjT75NweQwDSVg3kyb+yUUK+D
        FtL9/13vN5a2Ce++NA2qMIH8BgkqhkiG9w0BBwGgge4EgeswgegwgeUGCyqGSIb3DQEMCgECoIGuMIGrMBwGCiqGSIb3DQEMAQEwDgQIIJY4IA9+zBQCAggA
        BIGKGTWgJnDs1gPG5luEvwYGNHlyR5V6ww30qEpMMzf22K1P30e873jvgm4WmcjJSNxzNCa6+3PQUR0HUS8JeN6IVPKQSK6OeTdB5eyEev3agKVYXiaQZvXN
        rhigwiUCl7nw+6kVxAfz79TW3ccOnzm6xlSVCxvHECvhvwc/Gku89ui3FBaHMkt7cVJ4MSUwIwYJKoZIhvcNAQkVMRYEFEbKQnPepFfQ+ULtQFaWCtpBvJQO
        MDEwITAJBgUrDgMCGgUABBT4NNbyBlHOp79oqWhD3MS0vHcpVQQItEjPcArl/K4CAggA
        """;

    /// <summary>openssl pkcs8 -topk8 -v1 PBE-SHA1-RC2-40, of the certificate in the two PFX files.</summary>
    public const string Rc2Key = """
        MIGxMBwGCiqGSIb3DQEMAQYwDgQIkfI23zMRShMCAggABIGQTGT1ZmRDhJ8yTjkhzCU8fRzD0P5gNQAbBEvUeO15LC8BJ/+MmLhAfWdbsr5Nt2cFGtojDBkH
        YUB6yCh+AHqhDkVwuLp7zFBUmRRANMjv5kNi7bU70fG+h7vLtUWGJ3MeBEQt2qCaKpevy4IeAzs2gRWctuBnHd4Lry4vuBxrtGC5lcOgmrUdl7Y8rSjYEa0l
        """;

    /// <summary>openssl pkcs8 -topk8 -v1 PBE-SHA1-RC4-128.</summary>
    public const string Rc4Key = """
        MIGrMBwGCiqGSIb3DQEMAQEwDgQI095SEyH64GgCAggABIGKyHFb8x7y9/FgXEWIT7T0Z9f+VlbzYay36Nu+emEeXWcpRHwBaaV/ilQFAIvd7thTe58/SPFO
        RKlcEej5E/SnImm+XVHEXAfIT69k4Qsv2iV2F8btJAlind6JE0JyhbW7WLQJp7U02BqJ0SRloEdWM2q0pXPXhvrulWRFr8/9IBM94IBvcBQ45NVv
        """;
}
