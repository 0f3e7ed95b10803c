namespace Memory.Onnx.Models;

/// <summary>How far a download has come.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Bytes">How much of it is on disk.</param>
/// <param name="Total">How long it is.</param>
public readonly record struct DownloadProgress(string File, long Bytes, long Total);
