using Memory.Core.Consolidation.Pairs;
using Microsoft.ML.Data;

namespace Memory.Learning;

/// <summary>A pair as Microsoft.ML reads it.</summary>
internal sealed class PairRow
{
    /// <summary>The columns, with the length of the vector that this version of the program makes.</summary>
    public static SchemaDefinition Schema()
    {
        var schema = SchemaDefinition.Create(typeof(PairRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, PairFeatures.Names.Count);
        schema[nameof(Label)].ColumnType = new KeyDataViewType(typeof(uint), Enum.GetValues<PairRelation>().Length);
        return schema;
    }

    /// <summary>The numbers of <see cref="PairFeatures"/>.</summary>
    public float[] Features { get; set; } = [];

    /// <summary>The value of the relation; in memory keys count from 0.</summary>
    public uint Label { get; set; }
}

/// <summary>A judgement as Microsoft.ML gives it.</summary>
internal sealed class PairScore
{
    /// <summary>The probability of each relation.</summary>
    public float[] Score { get; set; } = [];
}
