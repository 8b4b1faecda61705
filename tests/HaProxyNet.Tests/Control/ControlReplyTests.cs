using System.Text.Json;
using HaProxyNet.Control;

namespace HaProxyNet.Tests.Control;

public sealed class ControlReplyTests
{
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"faults":null,"warnings":null}""")]
    public void Parse_WithoutLists_TheyAreEmptyAndItAnswersNothing(string line)
    {
        var reply = JsonSerializer.Deserialize(line, ControlJson.Default.ControlReply)!;

        Assert.Empty(reply.Faults);
        Assert.Empty(reply.Warnings);
        foreach (var command in ControlVerbs.All)
        {
            Assert.False(reply.Answers(command), command);
        }
    }

    [Fact]
    public void Answers_ARefusalOrWhatWasAskedFor_True()
    {
        Assert.True(ControlReply.Refuse("why").Answers(ControlVerbs.Status));
        Assert.True(new ControlReply { Open = 0 }.Answers(ControlVerbs.Open));
        Assert.True(new ControlReply { Obstacles = [] }.Answers(ControlVerbs.Ready));
        Assert.True(new ControlReply { Message = "done" }.Answers(ControlVerbs.Drain));
        Assert.False(new ControlReply { Message = "done" }.Answers(ControlVerbs.Status));
    }
}
