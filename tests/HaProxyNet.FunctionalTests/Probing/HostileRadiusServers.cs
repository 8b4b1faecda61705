using System.Buffers.Binary;
using System.Security.Authentication;
using System.Security.Cryptography;
using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>
/// RADIUS servers over TLS that answer Status-Server as they should, in single bytes, to another question, with nonsense, without an end.
/// </summary>
public sealed class HostileRadiusServers : ProbingScenario
{
    private const int QuestionLength = 38;

    private volatile Func<TlsPeer, byte[], Task> _answer = (peer, question) => peer.SendAsync(Accept(question));

    private readonly TestDestination _server;

    public HostileRadiusServers() => _server = TestDestination.Serving("radius", AnswerAsync);

    /// <summary>What a server does with each question, by name, and what it makes of the primary.</summary>
    private static Dictionary<string, Func<TlsPeer, byte[], Task>> Answers { get; } = new(StringComparer.Ordinal)
    {
        ["another number"] = (peer, question) => peer.SendAsync(Accept(question, id: (byte)(question[1] + 1))),
        ["an Access-Reject"] = (peer, question) => peer.SendAsync(Accept(question, code: 3)),
        ["to another question"] = (peer, question) => peer.SendAsync(Accept([.. question[..4], .. new byte[16]])),
        ["a length below a head"] = (peer, question) => peer.SendAsync((byte[])[2, question[1], 0, 19, .. new byte[16]]),
        ["a length above the longest"] = (peer, question) => peer.SendAsync((byte[])[2, question[1], 0xFF, 0xFF, .. new byte[16]]),
        ["garbage"] = (peer, _) => peer.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray()),
        ["without an end"] = async (peer, question) =>
        {
            await peer.SendAsync((byte[])[2, question[1], 0x10, 0, .. new byte[16]]);
            while (true)
            {
                await peer.SendAsync(new byte[1024]);
            }
        },
    };

    public static TheoryData<EngineKind, string> EnginesAndAnswers
    {
        get
        {
            var data = new TheoryData<EngineKind, string>();
            foreach (var engine in new Engines().Select(row => row.Data))
            {
                Array.ForEach([.. Answers.Keys], answer => data.Add(engine, answer));
            }

            return data;
        }
    }

    [Theory, ClassData<Engines>]
    public async Task AccessAcceptInSingleBytes_StaysUp(EngineKind engine)
    {
        _answer = async (peer, question) =>
        {
            foreach (var one in Accept(question))
            {
                await peer.SendAsync(new[] { one });
            }
        };
        await StartAsync(engine);

        Time.Advance(Idle);
        await ProbedAsync(1, "destination=primary", "result=success", "method=status_server");

        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
    }

    [Theory, MemberData(nameof(EnginesAndAnswers))]
    public async Task AnswersWrong_IsDownUntilItAnswersAgain(EngineKind engine, string answer)
    {
        await StartAsync(engine);
        Assert.Equal("1st.", await CallAsync());

        var healthy = _answer;
        _answer = Answers[answer];
        await IsUpAsync("primary", isUp: false);
        Assert.Equal(Vocabulary.HealthReason.BadAnswer, Proxy.Cluster.Find("primary")!.Condition.Reason);

        _answer = healthy;
        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
    }

    /// <summary>An answer as RFC 2865 (3) makes it, and without the proxy's own code.</summary>
    private static byte[] Accept(byte[] question, byte code = 2, byte? id = null)
    {
        byte[] attribute = [18, 6, .. "okay"u8];
        byte[] answer = [code, id ?? question[1], 0, 0, .. question[4..20], .. attribute];
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(2), (ushort)answer.Length);
#pragma warning disable CA5351 // What RADIUS prescribes.
        MD5.HashData([.. answer, .. "radsec"u8]).CopyTo(answer, 4);
#pragma warning restore CA5351
        return answer;
    }

    /// <summary>The server is a port of its own, so that its nonsense is not counted as traffic.</summary>
    private Task<TestProxy> StartAsync(EngineKind engine)
    {
        var setup = Setup(
            ("Health:Probe", "Always"),
            ("Health:Method", "StatusServer"),
            ("Health:Verify", "false"),
            ("Health:Port", $"{_server.Address.Port}"));
        return StartAsync(engine, setup, Primary);
    }

    private async Task AnswerAsync(TestPeer peer)
    {
        try
        {
            using var tls = await TlsPeer.ServerAsync(peer);
            var question = new byte[QuestionLength];
            for (var seen = 0; seen < question.Length;)
            {
                var count = await tls.ReceiveAsync(question.AsMemory(seen));
                if (count == 0)
                {
                    return;
                }

                seen += count;
            }

            await _answer(tls, question);
            await tls.FinishSendingAsync();
        }
        catch (Exception end) when (end is AuthenticationException or IOException)
        {
            // The probe has gone, with its verdict.
        }
    }
}
