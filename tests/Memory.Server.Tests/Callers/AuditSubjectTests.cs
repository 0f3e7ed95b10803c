using Memory.Server.Callers;

namespace Memory.Server.Tests.Callers;

public sealed class AuditSubjectTests
{
    [Fact]
    public void Of_as_many_as_one_call_forgets_names_each()
    {
        string[] ids = [.. Enumerable.Range(0, 120).Select(static i => $"id{i}")];

        AuditSubject.Of(ids).ShouldBe(string.Join(' ', ids));
    }

    [Theory]
    [InlineData("the secret is 90210")]
    [InlineData("a.b")]
    [InlineData("")]
    public void Of_what_has_not_the_form_of_an_id_is_nothing(string text) => AuditSubject.Of([text]).ShouldBeNull();
}
