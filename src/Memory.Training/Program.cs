using System.CommandLine;
using System.Globalization;
using Memory.Training;
using Memory.Training.Network;
using Memory.Training.Pairs;

// What is written does not depend on the language of the machine.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;

var root = new RootCommand("memory-training: rebuilds the files in data/ from their sources, byte for byte.");
root.Add(EmbeddingsCommand.Create());
root.Add(PairsCommand.Create());
root.Add(PairNetworkCommand.Create());
root.Add(PairModelCommand.Create());
root.Add(PairMeasureCommand.Create());
return await root.Parse(args).InvokeAsync();
