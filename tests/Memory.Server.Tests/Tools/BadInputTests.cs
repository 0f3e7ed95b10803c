using System.Text.Json;

namespace Memory.Server.Tests.Tools;

/// <summary>Each bad request gets an answer that says what is wrong, the value and what is allowed; nothing is written, and the next good request works.</summary>
public sealed class BadInputTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private readonly string _ns = server.NewNamespace();

    [Theory]
    // Too long, empty.
    [InlineData("store", """{"content":""}""", "content has 0 characters", "1 to 32,768 characters")]
    [InlineData("store", """{"content":" \t\n "}""", "content is empty", "not only white space")]
    [InlineData("update", """{"id":"0123456789ab","content":""}""", "content has 0 characters", "1 to 32,768 characters")]
    [InlineData("forget", """{"query":""}""", "query has 0 characters", "1 to 32,768 characters")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","note":""}""", "note has 0 characters", "1 to 32,768 characters")]
    // Wrong types.
    [InlineData("store", """{"content":5}""", "content is 5", "a string of 1 to 32,768 characters")]
    [InlineData("store", """{"content":["a"]}""", "content is an array", "a string")]
    [InlineData("store", """{"content":{"text":"a"}}""", "content is an object", "a string")]
    [InlineData("store", """{"content":"a","tags":"b"}""", "tags is \"b\"", "an array of up to 32 entries")]
    [InlineData("store", """{"content":"a","tags":[1]}""", "tags[0] is 1", "a string of 1 to 64 characters")]
    [InlineData("store", """{"content":"a","importance":"high"}""", "importance is \"high\"", "a number from 0 to 1")]
    [InlineData("store", """{"memories":"a"}""", "memories is \"a\"", "an array of 1 to 100 entries")]
    [InlineData("store", """{"memories":["a"]}""", "memories[0] is \"a\"", "an object")]
    [InlineData("recall", """{"query":7}""", "query is 7", "a string of up to 32,768 characters")]
    [InlineData("recall", """{"limit":"8"}""", "limit is \"8\"", "an integer from 1 to 50")]
    [InlineData("recall", """{"explain":"yes"}""", "explain is \"yes\"", "true or false")]
    [InlineData("graph", """{"entity":7}""", "entity is 7", "a string of up to 200 characters")]
    [InlineData("graph", """{"depth":"2"}""", "depth is \"2\"", "an integer from 1 to 3")]
    [InlineData("forget", """{"query":"a","confirm":1}""", "confirm is 1", "true or false")]
    [InlineData("consolidate", """{"dry_run":"no"}""", "dry_run is \"no\"", "true or false")]
    [InlineData("status", """{"namespace":7}""", "namespace is 7", "a string of 1 to 64 characters")]
    // Unknown words.
    [InlineData("store", """{"content":"a","kind":"opinion"}""", "kind is \"opinion\"", "fact, preference, decision, procedure, event, note")]
    [InlineData("store", """{"content":"a","kind":"Fact"}""", "kind is \"Fact\"", "fact, preference, decision, procedure, event, note")]
    [InlineData("recall", """{"kinds":["fact","rumour"]}""", "kinds[1] is \"rumour\"", "fact, preference, decision, procedure, event, note")]
    [InlineData("recall", """{"states":["forgotten"]}""", "states[0] is \"forgotten\"", "active, merged, superseded, archived")]
    [InlineData("recall", """{"tag_match":"some"}""", "tag_match is \"some\"", "any, all")]
    [InlineData("consolidate", """{"scope":"half"}""", "scope is \"half\"", "incremental, full")]
    // Unknown argument names.
    [InlineData("store", """{"content":"a","text":"b"}""", "There is no 'text'", "content, kind, tags, importance, source, session, occurred_at, memories, namespace")]
    [InlineData("recall", """{"q":"b"}""", "There is no 'q'", "query, limit")]
    [InlineData("update", """{"id":"0123456789ab","state":"archived"}""", "There is no 'state'", "content, kind")]
    [InlineData("forget", """{"ids":["0123456789ab"]}""", "There is no 'ids'", "id, query, confirm, namespace")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","weight":9}""", "There is no 'weight'", "verdict")]
    [InlineData("graph", """{"name":"Ana"}""", "There is no 'name'", "entity, depth, limit, namespace")]
    [InlineData("status", """{"verbose":true}""", "There is no 'verbose'", "namespace")]
    [InlineData("consolidate", """{"hard":true}""", "There is no 'hard'", "dry_run, plan, force, wait, scope, undo_run, namespace")]
    // NUL is an error; other control characters are taken out of content and notes, and in names they are an error.
    [InlineData("store", """{"content":"\u0000"}""", "content has the control character U+0000 (NUL) at position 0", "only tab and line breaks are allowed")]
    [InlineData("store", """{"memories":[{"content":"ab"},{"content":"ab\u0000c"}]}""", "memories[1]: content has the control character U+0000 (NUL) at position 2", "Nothing was stored")]
    [InlineData("recall", """{"query":"x","tags":["a\u0001"]}""", "control character U+0001", "not allowed")]
    [InlineData("update", """{"id":"0123456789ab","content":"a\u0000"}""", "content has the control character U+0000 (NUL) at position 1", "only tab and line breaks are allowed")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","note":"a\u0000"}""", "note has the control character U+0000 (NUL) at position 1", "only tab and line breaks are allowed")]
    [InlineData("store", """{"content":"a\ufffe"}""", "content has U+FFFE at position 1", "only Unicode characters are allowed")]
    [InlineData("update", """{"id":"0123456789ab","content":"\ufffe"}""", "content has U+FFFE at position 0", "only Unicode characters are allowed")]
    [InlineData("store", """{"content":"a","tags":["a\u001bb"]}""", "control character U+001B", "control characters are not allowed")]
    [InlineData("store", """{"content":"a","tags":["a\nb"]}""", "control character U+000A", "control characters are not allowed")]
    [InlineData("store", """{"content":"a","source":"a\u0000"}""", "source has the control character U+0000", "control characters are not allowed")]
    [InlineData("store", """{"content":"a","session":"a\u0007"}""", "session has the control character U+0007", "control characters are not allowed")]
    [InlineData("update", """{"id":"0123456789ab","content":"\u0001"}""", "content is empty", "not only white space")]
    [InlineData("update", """{"id":"0123456789ab","tags":["\u009b"]}""", "control character U+009B", "control characters are not allowed")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","note":"\ufffe"}""", "note has U+FFFE at position 0", "only Unicode characters are allowed")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","source":"\u0000"}""", "source has", "allowed")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","session":"\u0000"}""", "session has", "allowed")]
    [InlineData("graph", """{"entity":"a\u0000"}""", "entity has the control character U+0000", "control characters are not allowed")]
    // Dates.
    [InlineData("store", """{"content":"a","occurred_at":"2026-13-45"}""", "occurred_at is \"2026-13-45\"", "an ISO 8601 date or time such as")]
    [InlineData("store", """{"content":"a","occurred_at":"yesterday"}""", "occurred_at is \"yesterday\"", "an ISO 8601 date or time such as")]
    [InlineData("store", """{"content":"a","occurred_at":"2026-02-29"}""", "occurred_at is \"2026-02-29\"", "an ISO 8601 date or time such as")]
    [InlineData("recall", """{"since":"2026-13-45"}""", "since is \"2026-13-45\"", "an ISO 8601 date or time such as")]
    [InlineData("recall", """{"until":"31.12.2026"}""", "until is \"31.12.2026\"", "an ISO 8601 date or time such as")]
    [InlineData("recall", """{"until":""}""", "until is \"\"", "an ISO 8601 date or time such as")]
    // Numbers out of range.
    [InlineData("recall", """{"limit":0}""", "limit is 0", "an integer from 1 to 50")]
    [InlineData("recall", """{"limit":-1}""", "limit is -1", "an integer from 1 to 50")]
    [InlineData("recall", """{"limit":10000}""", "limit is 10000", "an integer from 1 to 50")]
    [InlineData("recall", """{"limit":1.5}""", "limit is 1.5", "an integer from 1 to 50")]
    [InlineData("recall", """{"limit":99999999999999999999}""", "limit is 99999999999999999999", "an integer from 1 to 50")]
    [InlineData("recall", """{"max_tokens":0}""", "max_tokens is 0", "an integer from 1 to 1,000,000")]
    [InlineData("recall", """{"min_confidence":1.01}""", "min_confidence is 1.01", "a number from 0 to 1")]
    [InlineData("graph", """{"depth":0}""", "depth is 0", "an integer from 1 to 3")]
    [InlineData("graph", """{"depth":4}""", "depth is 4", "an integer from 1 to 3")]
    [InlineData("graph", """{"limit":51}""", "limit is 51", "an integer from 1 to 50")]
    [InlineData("store", """{"content":"a","importance":2}""", "importance is 2", "a number from 0 to 1")]
    [InlineData("store", """{"content":"a","importance":-0.1}""", "importance is -0.1", "a number from 0 to 1")]
    [InlineData("store", """{"content":"a","importance":1e400}""", "importance is 1e400", "a number from 0 to 1")]
    [InlineData("store", """{"content":"a","importance":"NaN"}""", "importance is \"NaN\"", "a number from 0 to 1")]
    // Ids.
    [InlineData("update", """{"id":"0123456789ab","content":"a"}""", "No memory has the id '0123456789ab'", "that store or recall returned")]
    [InlineData("forget", """{"id":"0123456789ab"}""", "No memory has the id '0123456789ab'", "that store or recall returned")]
    [InlineData("forget", """{"id":"7"}""", "id has 1 characters", "a string of 12 characters")]
    [InlineData("update", """{"id":"../../../etc","content":"a"}""", "id is '../../../etc'", "12 letters and digits")]
    [InlineData("feedback", """{"id":"iiiiiiiiiiii","verdict":"confirm"}""", "id is 'iiiiiiiiiiii'", "12 letters and digits")]
    public async Task Call_with_bad_arguments_says_what_is_wrong_and_what_is_allowed(string tool, string arguments, string wrong, string allowed)
    {
        var refusal = await server.RefusedAsync(tool, _ns, arguments);

        refusal.ShouldContain(wrong, Case.Sensitive);
        refusal.ShouldContain(allowed, Case.Sensitive);
        await NothingWasWrittenAndTheNextRequestWorksAsync();
    }

    [Theory]
    [InlineData("store", "content", "content has 33,000 characters", "1 to 32,768")]
    [InlineData("recall", "query", "query has 33,000 characters", "up to 32,768")]
    [InlineData("graph", "entity", "entity has 33,000 characters", "up to 200")]
    [InlineData("forget", "query", "query has 33,000 characters", "1 to 32,768")]
    [InlineData("store", "source", "source has 33,000 characters", "1 to 128")]
    [InlineData("store", "session", "session has 33,000 characters", "1 to 128")]
    public async Task Call_with_33000_characters_says_how_many_are_allowed(string tool, string argument, string wrong, string allowed)
    {
        var content = argument == "content" || tool != "store" ? "" : "\"content\":\"a\",";

        var refusal = await server.RefusedAsync(tool, _ns, $$"""{{{content}}"{{argument}}":"{{new string('x', 33_000)}}"}""");

        refusal.ShouldContain(wrong);
        refusal.ShouldContain(allowed);
        refusal.Length.ShouldBeLessThan(500);
        await NothingWasWrittenAndTheNextRequestWorksAsync();
    }

    [Fact]
    public async Task Store_of_32768_characters_is_the_most_allowed()
    {
        await server.StoreAsync(_ns, new string('x', 32_768));

        (await server.ContentsAsync(_ns)).ShouldHaveSingleItem().Length.ShouldBe(32_768);
    }

    [Fact]
    public async Task Store_takes_32_tags_of_64_characters_and_refuses_33_or_65()
    {
        (await server.RefusedAsync("store", _ns, $$"""{"content":"a","tags":{{Tags(33)}}}""")).ShouldContain("tags has 33 entries; an array of up to 32 entries is allowed");
        (await server.RefusedAsync("store", _ns, $$"""{"content":"a","tags":["{{new string('t', 65)}}"]}""")).ShouldContain("tags[0] has 65 characters; a string of 1 to 64 characters is allowed");
        await NothingWasWrittenAndTheNextRequestWorksAsync();

        await server.StoreAsync(_ns, "Well tagged.", $$""","tags":{{Tags(31)[..^1]}},"{{new string('t', 64)}}"]""");
        (await server.RecallAsync(_ns, """{"query":"tagged"}""")).Single().GetProperty("tags").GetArrayLength().ShouldBe(32);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("Harbor")]
    [InlineData("-x")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("'; DROP TABLE memories;--")]
    [InlineData("café")]
    public async Task Call_with_a_namespace_that_is_none_says_what_one_looks_like(string ns)
    {
        foreach (var (tool, arguments) in GoodCalls)
        {
            var result = await server.Server.CallAsync(tool, arguments.Replace("NAMESPACE", ns, StringComparison.Ordinal));

            result.GetProperty("isError").GetBoolean().ShouldBeTrue(tool);
            ServerProcess.Text(result).ShouldBe(
                $"namespace is '{ns}'; 1 to 64 characters: lower-case letters, digits, '.', '_' and '-', beginning with a letter or digit are allowed.");
        }

        await NothingWasWrittenAndTheNextRequestWorksAsync();
    }

    [Theory]
    [InlineData("store", """{"content":"\ud800"}""")]
    [InlineData("store", """{"content":"ok","tags":["\udc00"]}""")]
    [InlineData("store", """{"content":"ok","source":"\ud800x"}""")]
    [InlineData("store", """{"content":"ok","session":"x\ud83d"}""")]
    [InlineData("store", """{"content":"ok","occurred_at":"\ud800"}""")]
    [InlineData("store", """{"content":"ok","kind":"\ud800"}""")]
    [InlineData("store", """{"memories":[{"content":"\ud800"}]}""")]
    [InlineData("store", """{"content":"ok","namespace":"\ud800"}""")]
    [InlineData("store", """{"content":"ok","\ud800":"a name"}""")]
    [InlineData("recall", """{"query":"\ud800"}""")]
    [InlineData("recall", """{"tags":["\ud800"]}""")]
    [InlineData("recall", """{"since":"\ud800"}""")]
    [InlineData("update", """{"id":"\ud800","content":"a"}""")]
    [InlineData("update", """{"id":"0123456789ab","content":"\udfff"}""")]
    [InlineData("forget", """{"query":"\ud800"}""")]
    [InlineData("feedback", """{"id":"0123456789ab","verdict":"confirm","note":"\ud800"}""")]
    [InlineData("consolidate", """{"undo_run":"\ud800"}""")]
    [InlineData("status", """{"namespace":"\ud800"}""")]
    public async Task Call_with_half_a_surrogate_pair_is_told_that_only_whole_characters_are_allowed(string tool, string arguments)
    {
        var answer = await server.Server.RequestAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{arguments}}}""");

        answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("only whole Unicode characters are allowed");
        await NothingWasWrittenAndTheNextRequestWorksAsync();
    }

    [Theory]
    [InlineData("tools/call", """{"name":"remember","arguments":{}}""", "There is no tool 'remember'. Allowed: store, recall, update, forget, feedback, graph, status, consolidate.")]
    [InlineData("tools/call", """{"arguments":{}}""", "name (a string) is needed; arguments is an object.")]
    [InlineData("tools/call", """{"name":"store","arguments":["a"]}""", "name (a string) is needed; arguments is an object.")]
    [InlineData("tools/call", """{"name":7}""", "name (a string) is needed; arguments is an object.")]
    [InlineData("prompts/get", """{"name":"improvise"}""", "There is no prompt 'improvise'. Allowed: recall_context, save_session.")]
    [InlineData("prompts/get", """{"name":"recall_context","arguments":{"about":"x"}}""", "There is no 'about'. Allowed: topic, tag, namespace.")]
    [InlineData("prompts/get", """{"name":"recall_context","arguments":{"focus":"x"}}""", "There is no 'focus'. Allowed: topic, tag, namespace.")]
    [InlineData("prompts/get", """{"name":"save_session","arguments":{"topic":"x"}}""", "There is no 'topic'. Allowed: focus, tag, namespace.")]
    [InlineData("prompts/get", """{"name":"recall_context","arguments":{"topic":5}}""", "topic is 5; a string")]
    [InlineData("prompts/get", """{"name":"recall_context","arguments":{"namespace":"../x"}}""", "namespace is '../x'; 1 to 64 characters")]
    [InlineData("resources/read", """{"uri":"memory://default/0123456789ab"}""", "No memory has the id '0123456789ab' in namespace 'default'")]
    [InlineData("resources/read", """{"uri":"memory://../x/snapshot"}""", "There is no resource 'memory://../x/snapshot'. Allowed: memory://{namespace}/{id}, memory://{namespace}/snapshot and memory://{namespace}/digest")]
    [InlineData("resources/read", """{"uri":"file:///etc/passwd"}""", "There is no resource 'file:///etc/passwd'")]
    [InlineData("resources/read", """{}""", "resources/read")]
    [InlineData("no/such/method", "{}", "no/such/method")]
    public async Task Request_for_what_there_is_not_is_an_error_that_says_what_there_is(string method, string parameters, string said)
    {
        var error = (await server.Server.RequestAsync(method, parameters)).GetProperty("error");

        error.GetProperty("message").GetString()!.ShouldContain(said, Case.Sensitive);
        await NothingWasWrittenAndTheNextRequestWorksAsync();
    }

    [Theory]
    [InlineData("'; DROP TABLE memories;--")]
    [InlineData("\" OR 1=1 --")]
    [InlineData("harbor* NEAR(crane, 5) AND NOT \"mast")]
    [InlineData("content:harbor ^crane {a b} : (")]
    [InlineData("100% _like_ \\ [a-z]")]
    [InlineData("SELECT * FROM memories WHERE id = ?1; ATTACH 'x' AS y")]
    [InlineData("👩‍💻 naïve 数据库 עברית \u200e می‌خواهم")]
    [InlineData("<script>alert(1)</script> ${jndi:ldap://x} {{7*7}} %s%n")]
    public async Task Text_of_any_syntax_is_ordinary_text(string text)
    {
        var id = await server.StoreAsync(_ns, text, $$""","tags":[{{ServerProcess.Quote(text[..Math.Min(20, text.Length)])}}],"source":{{ServerProcess.Quote(text)}}""");
        var query = ServerProcess.Quote(text);

        var memory = (await server.RecallAsync(_ns, $$"""{"query":{{query}},"tags":[{{ServerProcess.Quote(text[..Math.Min(20, text.Length)])}}]}""")).ShouldHaveSingleItem();
        memory.GetProperty("content").GetString().ShouldBe(text);
        memory.GetProperty("source").GetString().ShouldBe(text);
        var (_, preview) = await server.CallAsync("forget", _ns, $$"""{"query":{{query}}}""");
        preview.GetProperty("preview").EnumerateArray().ShouldHaveSingleItem().GetProperty("id").GetString().ShouldBe(id);
        (await server.CallAsync("status", _ns)).Data.GetProperty("healthy").GetBoolean().ShouldBeTrue();
    }

    private static readonly (string Tool, string Arguments)[] GoodCalls =
    [
        ("store", """{"content":"a","namespace":"NAMESPACE"}"""),
        ("recall", """{"query":"a","namespace":"NAMESPACE"}"""),
        ("update", """{"id":"0123456789ab","content":"a","namespace":"NAMESPACE"}"""),
        ("forget", """{"query":"a","namespace":"NAMESPACE"}"""),
        ("feedback", """{"id":"0123456789ab","verdict":"confirm","namespace":"NAMESPACE"}"""),
        ("status", """{"namespace":"NAMESPACE"}"""),
        ("consolidate", """{"namespace":"NAMESPACE"}"""),
    ];

    private async Task NothingWasWrittenAndTheNextRequestWorksAsync()
    {
        var (_, data) = await server.CallAsync("status", _ns);
        data.GetProperty("states").ValueKind.ShouldBe(JsonValueKind.Object);
        data.GetProperty("states").EnumerateObject().ShouldBeEmpty();
        data.TryGetProperty("last_consolidation", out _).ShouldBeFalse();
    }

    private static string Tags(int count) => $"[{string.Join(',', Enumerable.Range(1, count).Select(static i => $"\"t{i}\""))}]";
}
