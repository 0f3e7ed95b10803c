using Memory.Core.Transfer;

namespace Memory.Core.Tests.Transfer;

/// <summary>Imports a text as a file of its own.</summary>
internal static class ImportedText
{
    public static async Task<ImportReport> ImportAsync(this ServiceFixture fixture, string name, string text)
    {
        var path = Path.Combine(fixture.Folder, name);
        await File.WriteAllTextAsync(path, text);
        var outcome = await new MemoryImport(fixture.Store, fixture.Time).ReadAsync(ImportTarget.Only(ServiceFixture.Ns), path);
        return outcome.Succeeded ? outcome.Value : throw new InvalidOperationException(outcome.Problem.Message);
    }
}
