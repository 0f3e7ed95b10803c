using System.CommandLine;
using System.Text;
using Memory.Server.Commands;

namespace Memory.Server.Tests.Deploy;

/// <summary>What lies in the folder <c>deploy</c>, and whether the server knows what it is told there.</summary>
internal static class DeployFiles
{
    public static string Root { get; } = FindRoot();

    public static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Root, "deploy", name));

    /// <summary>Arguments that the command line must take.</summary>
    public static ParseResult ShouldBeTaken(params string[] arguments)
    {
        var parsed = CommandLine.Create().Root.Parse(arguments);
        parsed.Errors.Select(static e => e.Message).ShouldBeEmpty(string.Join(' ', arguments));
        return parsed;
    }

    /// <summary>The words of a line, as a shell and systemd divide it.</summary>
    public static string[] Words(string line)
    {
        var (words, word, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var sign in line + " ")
        {
            if (sign == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted || !char.IsWhiteSpace(sign))
            {
                word.Append(sign);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }

        return [.. words];
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Memory.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder;
    }
}
