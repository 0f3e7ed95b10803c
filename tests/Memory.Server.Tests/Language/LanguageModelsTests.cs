using Memory.Core.Consolidation.Language;
using Memory.Server.Language;

namespace Memory.Server.Tests.Language;

public sealed class LanguageModelsTests
{
    [Theory]
    [InlineData("off")]
    [InlineData("openai:http://localhost:11434/v1#llama3.2")]
    [InlineData("openai:https://example.org/v1/chat/completions?x=1#org/model:7b")]
    public void IsWellFormed_takes_off_and_an_address_with_a_model(string setting) => LanguageModels.IsWellFormed(setting).ShouldBeTrue();

    [Theory]
    [InlineData("")]
    [InlineData("Off")]
    [InlineData("openai:")]
    [InlineData("openai:#m")]
    [InlineData("openai:http://localhost/v1")]
    [InlineData("openai:http://localhost/v1#")]
    [InlineData("openai:localhost#m")]
    [InlineData("openai:ftp://localhost#m")]
    [InlineData("ollama:http://localhost#m")]
    public void IsWellFormed_takes_nothing_else(string setting) => LanguageModels.IsWellFormed(setting).ShouldBeFalse();

    [Fact]
    public void Create_of_off_is_no_model_and_of_an_address_one_that_nobody_has_asked_for_a_key_yet()
    {
        using var made = LanguageModels.Create("openai:http://localhost:11434/v1#m", static _ => throw new InvalidOperationException("too early"), TimeProvider.System);

        made.IsConfigured.ShouldBeTrue();
        LanguageModels.Create("off", static _ => null, TimeProvider.System).ShouldBeSameAs(LanguageModelSource.None);
    }
}
