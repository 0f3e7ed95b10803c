using System.Diagnostics.CodeAnalysis;

namespace Memory.Core.Memories;

/// <summary>Either a value or the <see cref="Memories.Problem"/> that prevented it. The default value is not a valid outcome.</summary>
/// <typeparam name="T">What a success carries.</typeparam>
public readonly struct Outcome<T>
{
    private Outcome(T? value, Problem? problem)
    {
        Value = value;
        Problem = problem;
    }

    /// <summary>The result, or the default of <typeparamref name="T"/> when <see cref="Problem"/> is set.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value, or <see langword="null"/> on success.</summary>
    public Problem? Problem { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Problem is null;

    /// <summary>Wraps a result.</summary>
    /// <param name="value">The result.</param>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    internal static Outcome<T> Success(T value) => new(value, null);

    /// <summary>Wraps a failure.</summary>
    /// <param name="problem">Why there is no result.</param>
    public static implicit operator Outcome<T>(Problem problem) => new(default, problem);
}

/// <summary>Makes outcomes where the language does not convert by itself: it never converts from an interface.</summary>
public static class Outcome
{
    /// <summary>Wraps a result.</summary>
    /// <typeparam name="T">What the outcome carries.</typeparam>
    /// <param name="value">The result.</param>
    public static Outcome<T> Of<T>(T value) => Outcome<T>.Success(value);
}
