using Memory.Core.Consolidation.Pairs;
using static Memory.Core.Tests.Consolidation.Pairs.Statements;

namespace Memory.Core.Tests.Consolidation.Pairs;

public sealed class OwnSubjectsTests
{
    [Theory]
    [InlineData("Phoenix uses PostgreSQL.", "Kestrel uses PostgreSQL.", true)]
    [InlineData("Ana is allergic to nuts.", "Ben is allergic to nuts.", true)]
    [InlineData("Redis is used by Harbor.", "Memcached is used by Harbor.", false)]
    [InlineData("Tea tastes best with milk.", "Coffee tastes best with milk.", true)]
    [InlineData("Ana owns the release.", "Lena owns the release.", true)]
    [InlineData("Ana leads the platform team.", "Ben leads the platform team.", false)]
    [InlineData("Redis is the cache of Harbor.", "Memcached is the cache of Harbor.", false)]
    [InlineData("Harbor uses Redis for sessions.", "Harbor uses Memcached for sessions.", false)]
    [InlineData("Ana likes black tea.", "Ben likes green tea.", false)]
    public void Differ_is_of_the_same_said_of_two(string one, string other, bool differ)
    {
        OwnSubjects.Differ(Read(one), Read(other)).ShouldBe(differ);
        OwnSubjects.Differ(Read(other), Read(one)).ShouldBe(differ);
    }
}
