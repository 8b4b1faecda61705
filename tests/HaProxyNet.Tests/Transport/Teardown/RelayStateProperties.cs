using CsCheck;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Teardown;

/// <summary>Whatever happens on a relay, in whatever order an engine may report it.</summary>
public sealed class RelayStateProperties
{
    private static readonly Gen<(int Kind, bool Client, int Bytes)[]> _histories =
        Gen.Select(Gen.Int[0, 9], Gen.Bool, Gen.Int[1, 100]).Array[0, 30];

    [Fact]
    public void AnyHistory_EndsOnceAndKeepsItsOutcome() => _histories.Sample(
        history =>
        {
            var state = RelayState.Start;
            var ends = 0;
            var outcome = ConnectionOutcome.None;
            foreach (var step in history)
            {
                var action = Apply(ref state, step);
                if (action is RelayAction.CloseBoth or RelayAction.ResetBoth)
                {
                    ends++;
                    outcome = state.Outcome;
                    Assert.Equal(action is RelayAction.CloseBoth, outcome is ConnectionOutcome.Completed);
                }

                Assert.Equal(outcome, state.Outcome);
            }

            Assert.InRange(ends, 0, 1);
        },
        iter: 5_000);

    [Fact]
    public void OnlyFinsAndBytes_CompletedExactlyWhenBothHaveFinished() => _histories.Sample(
        history =>
        {
            var state = RelayState.Start;
            foreach (var step in history)
            {
                Apply(ref state, step with { Kind = step.Kind % 5 });
            }

            var bothFinished = state.HasFinished(RelaySide.Client) && state.HasFinished(RelaySide.Destination);
            Assert.Equal(bothFinished ? ConnectionOutcome.Completed : ConnectionOutcome.None, state.Outcome);
        },
        iter: 5_000);

    /// <summary>As engines do it: a side that has finished or is known to be reset neither delivers nor finishes any more.</summary>
    private static RelayAction Apply(ref RelayState state, (int Kind, bool Client, int Bytes) step)
    {
        var side = step.Client ? RelaySide.Client : RelaySide.Destination;
        if (state.Outcome is not ConnectionOutcome.None)
        {
            return step.Kind == 9 ? state.OnAbort(ConnectionOutcome.IdleTimeout) : RelayAction.None;
        }

        switch (step.Kind)
        {
            case <= 3 when !state.HasFinished(side) && !state.HasReset(side.Other()):
                state.OnDelivered(side, step.Bytes);
                return RelayAction.None;
            case 4 when !state.HasFinished(side) && !state.HasReset(side):
                return state.OnFin(side);
            case 5 or 6:
                return state.OnSenderReset(side);
            case 7 or 8 when !state.HasReset(side):
                return state.OnReceiverReset(side);
            case 9:
                return state.OnAbort(ConnectionOutcome.IdleTimeout);
            default:
                return RelayAction.None;
        }
    }
}
