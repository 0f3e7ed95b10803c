using System.Globalization;
using Memory.Server.Commands;

// What is stored, shown and logged does not depend on the language of the machine.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
// On a thread of the pool the store reads and writes without waking another.
return await Task.Run(() => CommandLine.RunAsync(args, isTerminal: !Console.IsInputRedirected, CancellationToken.None));
