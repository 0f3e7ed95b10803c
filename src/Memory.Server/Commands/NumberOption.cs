using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Memory.Server.Commands;

/// <summary>Options that are numbers: whatever is not one of those allowed is refused in words that name them.</summary>
internal static class NumberOption
{
    public static Option<int?> Whole(string name, string description, int least, int most, int? otherwise = null)
    {
        var option = new Option<int?>(name)
        {
            Description = $"{description}, {Text(least)} to {Text(most)}.",
            CustomParser = given => Parse(
                given, int.TryParse(given.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most,
                number, $"a whole number from {Text(least)} to {Text(most)}"),
        };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        return option;
    }

    public static Option<double?> Share(string name, string description) => new(name)
    {
        Description = description,
        CustomParser = static given => Parse(
            given, double.TryParse(given.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 1, number, "a number from 0 to 1"),
    };

    private static T? Parse<T>(ArgumentResult given, bool isAllowed, T number, string allowed)
        where T : struct
    {
        if (isAllowed)
        {
            return number;
        }

        given.AddError($"{((OptionResult)given.Parent!).Option.Name} is '{given.Tokens[0].Value}'; {allowed} is allowed.");
        return null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
