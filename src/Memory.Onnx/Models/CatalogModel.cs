namespace Memory.Onnx.Models;

/// <summary>A model that can be downloaded.</summary>
/// <param name="Name">What it is asked for by, and its folder's name.</param>
/// <param name="Description">A line for the user.</param>
/// <param name="Licence">The licence of the model, as an SPDX expression.</param>
/// <param name="Base">The address that its files are relative to.</param>
/// <param name="Files">Its files.</param>
public sealed record CatalogModel(string Name, string? Description, string? Licence, Uri Base, IReadOnlyList<CatalogFile> Files);

/// <summary>A file of a model.</summary>
/// <param name="Name">Its name in the model's folder.</param>
/// <param name="From">Where it lies, relative to the model's address; <see langword="null"/>: under its name.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Its SHA-256, 64 hexadecimal digits.</param>
public sealed record CatalogFile(string Name, string? From, long Bytes, string Sha256);
