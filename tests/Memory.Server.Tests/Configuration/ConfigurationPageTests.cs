using System.Reflection;
using System.Text;
using Memory.Server.Commands;
using Memory.Server.Configuration;
using Memory.Server.Embeddings;
using Memory.Server.Http;
using Memory.Server.Language;

namespace Memory.Server.Tests.Configuration;

/// <summary>Pages that say what the code says too. With WRITE_DOCS=1 in the environment the generated one is written instead of compared.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly string Docs = Path.Combine(Root(), "docs");

    [Fact]
    public void Configuration_page_is_what_the_settings_say()
    {
        var page = Path.Combine(Docs, "configuration.md");
        if (Environment.GetEnvironmentVariable("WRITE_DOCS") == "1")
        {
            File.WriteAllText(page, Page());
        }

        File.ReadAllText(page).ReplaceLineEndings("\n").ShouldBe(Page(), "The page is stale: run this test once with WRITE_DOCS=1.");
    }

    [Fact]
    public void Operations_page_lists_every_exit_code()
    {
        var page = File.ReadAllText(Path.Combine(Docs, "operations.md"));

        foreach (var code in typeof(ExitCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static f => f.IsLiteral))
        {
            page.ShouldContain($"| {code.GetRawConstantValue()} | ");
        }
    }

    private static string Page()
    {
        var page = new StringBuilder("""
            # Configuration

            Every setting has three names: a key in the `Memory` section of `appsettings.json` beside the program, an environment variable, an option of the command line.
            The variable overrules the file, the option the variable. `memory-server config show` prints which value holds and who gave it; a wrong value ends the start with what is allowed.

            So does a key of the section that is no setting, as the section holds nothing else, and a variable that is close to one (`MEMORY_NAMESPCE`, `MEMORY_DATABASE`, `MEMORY_NIGHTLY`): the message names the setting
            that was most likely meant. Another program's variable of such a name is set to nothing for this one. Any other variable that begins with `MEMORY_` is only warned of, since the prefix is not ours alone; what systemd
            (`MEMORY_PRESSURE_...`), Docker and Kubernetes (`MEMORY_LIMIT`, `MEMORY_SERVICE_HOST`, `MEMORY_PORT_7788_TCP` and their like) set is passed over.

            This page is generated from `src/Memory.Server/Configuration/Setting.cs` and `src/Memory.Server/Http/HttpSetting.cs`; a test fails when it is stale.

            | key | variable | option | what it decides |
            |---|---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (var setting in Setting.Known)
        {
            page.Append($"| `{setting.Key}` | `{setting.Variable}` | `{setting.Option}` | {setting.Description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }

        return page.Append($"""

            Secrets come from the environment alone, so that they stand in no file and in no list of processes:

            | variable | what it is |
            |---|---|
            | `{EmbeddingProviders.KeyVariable}` | the key of the endpoint that `--embeddings openai:...` names |
            | `{LanguageModels.KeyVariable}` | the key of the endpoint that `--language-model openai:...` names |
            | `{HttpSetting.CertificatePasswordVariable}` | the password of the file that `--http-certificate` names |

            """.ReplaceLineEndings("\n")).ToString();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Memory.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
