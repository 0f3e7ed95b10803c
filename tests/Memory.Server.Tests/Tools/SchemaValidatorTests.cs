using System.Text.Json;
using Memory.Core.Memories;
using Memory.Server.Tools;

namespace Memory.Server.Tests.Tools;

public sealed class SchemaValidatorTests
{
    private static readonly JsonElement Schema = JsonElement.Parse("""
        {
          "type": "object", "additionalProperties": false, "required": ["name"],
          "properties": {
            "name": { "type": "string", "minLength": 2, "maxLength": 4 },
            "count": { "type": "integer", "minimum": 1, "maximum": 3 },
            "share": { "type": "number", "minimum": 0, "maximum": 1 },
            "flag": { "type": "boolean" },
            "word": { "type": "string", "enum": ["a", "b"] },
            "at": { "type": "string", "format": "date-time" },
            "list": { "type": "array", "minItems": 1, "maxItems": 2, "items": { "type": "integer" } },
            "nullable": { "type": ["string", "null"] },
            "open": { "type": "object", "properties": { "x": { "type": "integer" } } },
            "free": {}
          }
        }
        """);

    [Theory]
    [InlineData("""{"name":"ab"}""")]
    [InlineData("""{"name":"abcd","count":1,"share":0,"flag":false,"word":"b","at":"2026-01-01","list":[1]}""")]
    [InlineData("""{"name":"ab","count":3,"share":1,"flag":true,"list":[1,2]}""")]
    [InlineData("""{"name":"ab","count":2.0,"share":0.5}""")]
    [InlineData("""{"name":"ab","count":null,"list":null,"nullable":null}""")]
    [InlineData("""{"name":"ab","open":{"x":1,"y":"any"},"free":[{}]}""")]
    public void Check_of_what_conforms_finds_nothing(string json)
    {
        Check(json).ShouldBeNull();
    }

    [Theory]
    [InlineData("{}", "name is missing; a string of 2 to 4 characters is required.")]
    [InlineData("""{"name":null}""", "name is missing; a string of 2 to 4 characters is required.")]
    [InlineData("""{"name":"a"}""", "name has 1 characters; a string of 2 to 4 characters is allowed.")]
    [InlineData("""{"name":"abcde"}""", "name has 5 characters; a string of 2 to 4 characters is allowed.")]
    [InlineData("""{"name":"📦📦📦"}""", "name has 6 characters (UTF-16 units: an emoji is two); a string of 2 to 4 characters is allowed.")]
    [InlineData("""{"name":"ab","count":0}""", "count is 0; an integer from 1 to 3 is allowed.")]
    [InlineData("""{"name":"ab","count":4}""", "count is 4; an integer from 1 to 3 is allowed.")]
    [InlineData("""{"name":"ab","count":1.5}""", "count is 1.5; an integer from 1 to 3 is allowed.")]
    [InlineData("""{"name":"ab","count":true}""", "count is true; an integer from 1 to 3 is allowed.")]
    [InlineData("""{"name":"ab","share":1.01}""", "share is 1.01; a number from 0 to 1 is allowed.")]
    [InlineData("""{"name":"ab","share":-1e999}""", "share is -1e999; a number from 0 to 1 is allowed.")]
    [InlineData("""{"name":"ab","flag":"true"}""", "flag is \"true\"; true or false is allowed.")]
    [InlineData("""{"name":"ab","word":"c"}""", "word is \"c\"; one of a, b is allowed.")]
    [InlineData("""{"name":"ab","word":"na\u00efve \ud83d\ude00"}""", "word is \"naïve 😀\"; one of a, b is allowed.")]
    [InlineData("""{"name":"ab","word":"\u001b\u202e\"\\"}""", "word is \"\\u001B\\u202E\\\"\\\\\"; one of a, b is allowed.")]
    [InlineData("""{"name":"ab","word":"A"}""", "word is \"A\"; one of a, b is allowed.")]
    [InlineData("""{"name":"ab","at":"soon"}""", "at is \"soon\"; an ISO 8601 date or time such as 2026-05-31 or 2026-05-31T18:00:00Z (UTC unless it has an offset) is allowed.")]
    [InlineData("""{"name":"ab","list":[]}""", "list has 0 entries; an array of 1 to 2 entries is allowed.")]
    [InlineData("""{"name":"ab","list":[1,2,3]}""", "list has 3 entries; an array of 1 to 2 entries is allowed.")]
    [InlineData("""{"name":"ab","list":[1,"2"]}""", "list[1] is \"2\"; an integer is allowed.")]
    [InlineData("""{"name":"ab","list":[null]}""", "list[0] is null; an integer is allowed.")]
    [InlineData("""{"name":"ab","open":{"x":"1"}}""", "open.x is \"1\"; an integer is allowed.")]
    [InlineData("""{"name":"ab","more":1}""", "There is no 'more'. Allowed: name, count, share, flag, word, at, list, nullable, open, free.")]
    [InlineData("""{"name":"ab","Name":"ab"}""", "There is no 'Name'. Allowed: name, count, share, flag, word, at, list, nullable, open, free.")]
    [InlineData("""{"name":"ab","open":{"x":1,"x":2}}""", "open.x is given twice; once is allowed.")]
    [InlineData("""{"name":"\ud800\ud800"}""", "name has half of a surrogate pair; only whole Unicode characters are allowed.")]
    public void Check_of_what_does_not_says_what_is_wrong_and_what_is_allowed(string json, string expected)
    {
        var problem = Check(json).ShouldNotBeNull();
        problem.Code.ShouldBe(ProblemCode.Invalid);
        problem.Message.ShouldBe(expected);
    }

    [Fact]
    public void Check_shows_only_the_beginning_of_a_long_value()
    {
        Check($$"""{"name":"ab","word":"{{new string('w', 1000)}}"}""").ShouldNotBeNull().Message.Length.ShouldBeLessThan(100);
    }

    private static Problem? Check(string json) =>
        SchemaValidator.Check(Schema, JsonElement.Parse(json).EnumerateObject().DistinctBy(static p => p.Name).ToDictionary(static p => p.Name, static p => p.Value));
}
