using Memory.Core.Memories;
using Memory.Core.Operations;
using Memory.Core.Screening;

namespace Memory.Core.Tests.Screening;

public sealed class ScreenTests
{
    private const string Token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

    [Fact]
    public async Task Store_redacts_by_default_and_says_so()
    {
        await using var fixture = new ServiceFixture();

        var stored = await fixture.StoreAsync($"The deploy key is {Token}.", tags: [Token, "deploy"]);

        stored.Memory.Content.ShouldBe("The deploy key is [redacted: GitHub token].");
        stored.Memory.Tags.ShouldBe(["[redacted: GitHub token]", "deploy"]);
        stored.Notes[0].ShouldContain("GitHub token");
        (await fixture.StoreAsync("The deploy key is ghp_36C7e42F292c6912E7710c838347Ae178B4b.")).IsNew.ShouldBeFalse();
    }

    [Fact]
    public async Task Store_redacts_the_names_of_source_and_session_too()
    {
        await using var fixture = new ServiceFixture();
        var key = $"mem_{new string('a', 9)}1_{new string('B', 42)}7";

        var outcome = await fixture.Memories.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = $"The key is {key}.", Source = "https://ana:pw123456@example.com", Session = Token }]);

        var stored = outcome.Value![0];
        stored.Memory.Content.ShouldBe("The key is [redacted: key of this server].");
        stored.Memory.Source.ShouldStartWith("[redacted: ");
        stored.Memory.Session.ShouldBe("[redacted: GitHub token]");
        stored.Notes.ShouldContain(static n => n.Contains("redacted in source", StringComparison.Ordinal));
        new Screen(SecretPolicy.Refuse).Statement(new NewMemory { Content = "Fine.", Session = Token }, []).Problem!.Message.ShouldStartWith("session ");
    }

    [Fact]
    public void Text_of_a_joined_token_of_another_shape_is_the_same_when_it_is_screened_again()
    {
        var token = string.Concat(Token.Select(static c => (char)(c + 0xFEE0)));
        var screened = Screen.Default.Text("content", $"数\u200D{string.Join('\u200D', token.ToCharArray())}\u200D数 it is.", []).Value!;
        var notes = new List<string>();

        screened.ShouldBe("数[redacted: GitHub token]数 it is.");
        Screen.Default.Text("content", screened, notes).Value.ShouldBe(screened);
        notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_of_a_credential_is_refused_where_the_policy_says_so_and_the_message_does_not_repeat_it()
    {
        await using var fixture = new ServiceFixture();
        await using var memories = new MemoryService(fixture.Store, fixture.Time, new Random(1), screen: new Screen(SecretPolicy.Refuse));

        var outcome = await memories.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = "Fine." }, new NewMemory { Content = $"Key {Token}" }]);

        outcome.Succeeded.ShouldBeFalse();
        outcome.Problem.Message.ShouldStartWith("memories[1]: content looks as if it held a credential (GitHub token, at position 4)");
        outcome.Problem.Message.ShouldNotContain(Token);
        (await fixture.InStateAsync(MemoryState.Active)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Store_of_a_credential_keeps_it_where_the_policy_allows_it()
    {
        await using var fixture = new ServiceFixture();
        await using var memories = new MemoryService(fixture.Store, fixture.Time, new Random(1), screen: new Screen(SecretPolicy.Allow));

        await memories.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = $"Key {Token}\u001b[0m" }]);

        (await fixture.InStateAsync(MemoryState.Active)).ShouldBe([$"Key {Token}"]);
    }

    [Fact]
    public async Task Update_and_feedback_are_screened_as_store_is()
    {
        await using var fixture = new ServiceFixture();
        var id = (await fixture.StoreAsync("The deploy key is in the vault.")).Memory.Id;

        var updated = await fixture.Memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Content = $"The deploy key is {Token}.", Source = "us\u200ber" });
        await fixture.Memories.FeedbackAsync(ServiceFixture.Ns, updated.Value!.Memory.Id, new Feedback(true, "a\u200bnn", Token, $"\u001b[1mseen: {Token}"));

        updated.Value.Memory.Content.ShouldBe("The deploy key is [redacted: GitHub token].");
        updated.Value.Memory.Source.ShouldBe("user");
        updated.Value.Notes.ShouldHaveSingleItem().ShouldContain("GitHub token");
        var given = (await fixture.ShowAsync(updated.Value.Memory.Id)).Confidence.Terms.Select(static t => t.Evidence).Single(static e => e.Note is not null);
        (given.Source, given.Session, given.Note).ShouldBe(("ann", "[redacted: GitHub token]", "seen: [redacted: GitHub token]"));
    }

    [Fact]
    public async Task Store_tells_once_that_what_cannot_be_seen_was_taken_out_of_tags()
    {
        await using var fixture = new ServiceFixture();

        var stored = await fixture.StoreAsync("The harbor opens at six.", tags: ["a\u200bb", "c\u2800d", "e\uE000f"]);

        stored.Memory.Tags.ShouldBe(["ab", "cd", "ef"], ignoreOrder: true);
        stored.Notes.Count(static n => n.Contains("was taken out of a tag", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Update_of_what_surrounds_a_statement_has_nothing_to_note()
    {
        await using var fixture = new ServiceFixture();
        var id = (await fixture.StoreAsync("The deploy key is in the vault.")).Memory.Id;

        var updated = await fixture.Memories.UpdateAsync(ServiceFixture.Ns, id, new MemoryChange { Importance = 0.9 });

        updated.Value!.Memory.Content.ShouldBe("The deploy key is in the vault.");
        updated.Value.Notes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Content_of_nothing_that_can_be_seen_is_empty()
    {
        await using var fixture = new ServiceFixture();

        var outcome = await fixture.Memories.StoreAsync(ServiceFixture.Ns, [new NewMemory { Content = "\u200b\u001b[0m\u202e" }]);

        outcome.Problem!.Message.ShouldStartWith("content is empty");
    }
}
