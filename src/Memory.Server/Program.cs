using System.Globalization;
using Memory.Server.Commands;
using Memory.Server.Stdio;

// What is stored, shown and logged does not depend on the language of the machine.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
var isTerminal = !Console.IsInputRedirected;
if (args is [CommandLine.Serve, ..] || (args is [] && !isTerminal))
{
    ProtocolWarmUp.Begin();
}

return PlainServe.Read(args) is { } settings
    ? await PlainServe.RunAsync(settings)
    : await CommandLine.RunAsync(args, isTerminal, CancellationToken.None);
