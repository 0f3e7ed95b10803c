using System.Text;

namespace Memory.Server.Tests.Commands;

/// <summary>The console of the tests' process, where what one command writes is kept apart from what others write meanwhile.</summary>
internal sealed class CapturedConsole : TextWriter
{
    private readonly AsyncLocal<StringWriter?> _captured = new();
    private readonly TextWriter _console;

    private CapturedConsole(TextWriter console) => _console = console;

    public static CapturedConsole Out { get; } = new(Console.Out);

    public static CapturedConsole Error { get; } = new(Console.Error);

    public override Encoding Encoding => _console.Encoding;

    private TextWriter Current => (TextWriter?)_captured.Value ?? _console;

    /// <summary>Stands in for the console of this process from now on.</summary>
    public static void Install()
    {
        Console.SetOut(Out);
        Console.SetError(Error);
    }

    /// <summary>From now on, what the calling method and what it awaits write is kept.</summary>
    public StringWriter Capture() => _captured.Value = new StringWriter();

    public override void Write(char value) => Current.Write(value);

    public override void Write(string? value) => Current.Write(value);

    public override void Write(char[] buffer, int index, int count) => Current.Write(buffer, index, count);

    public override void Flush() => Current.Flush();
}
