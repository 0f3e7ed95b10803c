using System.Reflection;
using Memory.Core.Storage;

namespace Memory.Core.Tests.Recall.Index;

/// <summary>A reader that fails amid the rows for an index.</summary>
public class FailingReader : DispatchProxy
{
    private IMemoryReader? _reader;
    private int _left;

    internal static IMemoryReader Of(IMemoryReader reader, int afterRows)
    {
        var proxy = Create<IMemoryReader, FailingReader>();
        ((FailingReader)(object)proxy)._reader = reader;
        ((FailingReader)(object)proxy)._left = afterRows;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (args is [long after, string model, IndexRowVisitor visit])
        {
            return _reader!.VisitIndexRows(after, model, (in row) =>
            {
                if (_left-- == 0)
                {
                    throw new IOException("The disk went away.");
                }

                visit(row);
            });
        }

        return targetMethod!.Invoke(_reader, args);
    }
}
