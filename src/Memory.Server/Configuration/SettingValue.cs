namespace Memory.Server.Configuration;

/// <summary>A value and the name under which its owner gave it, so that an error can name the right place.</summary>
/// <param name="Name">The option, the environment variable or the key of the file.</param>
/// <param name="Text">The value, as it was written.</param>
internal readonly record struct SettingValue(string Name, string Text);
