using System.Globalization;
using Memory.Server.Commands;

// What is stored, shown and logged does not depend on the language of the machine.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
return await CommandLine.RunAsync(args, isTerminal: !Console.IsInputRedirected, CancellationToken.None);
