using CsCheck;
using Memory.Core.Recall.Index;

namespace Memory.Core.Tests.Recall.Index;

public sealed class EntryTableTests
{
    [Fact]
    public void Find_after_adding_in_any_portions_finds_each_id_and_no_other() =>
        Gen.Select(Gen.OneOf(Gen.ULong, Gen.ULong[0, 300]).HashSet[1, 300], Gen.Int[1, 50]).Sample((ids, portion) =>
        {
            var entries = ids.Select(static id => new IndexEntry { Id = id }).ToArray();
            var table = new EntryTable();
            for (var at = 0; at < entries.Length; at += portion)
            {
                table.Add(entries.AsSpan(0, Math.Min(entries.Length, at + portion)), at);
            }

            for (var i = 0; i < entries.Length; i++)
            {
                table.Find(entries, entries[i].Id).ShouldBe(i);
                table.Find(entries, entries[i].Id ^ 0x8000_0000_0000_0001).ShouldBe(Array.FindIndex(entries, e => e.Id == (entries[i].Id ^ 0x8000_0000_0000_0001)));
            }
        });

    [Fact]
    public void Find_in_an_empty_table_finds_nothing() => new EntryTable().Find([], 5).ShouldBe(-1);
}
