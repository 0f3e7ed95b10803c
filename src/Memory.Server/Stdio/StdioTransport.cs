using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;
namespace Memory.Server.Stdio;
internal sealed class StdioTransport(Stream input, Stream output, TimeProvider time, ILogger<StdioTransport> logger) : StreamServerTransport(input, output) { private readonly object _a = time; private readonly object _b = logger; }
