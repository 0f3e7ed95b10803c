using System.Collections.Frozen;

namespace Memory.Core.Consolidation.Pairs;

/// <summary>The units, number words, months and weekdays that make a value of a number or word.</summary>
internal static class Units
{
    private static readonly FrozenDictionary<string, string> Known = Table(
        "ms millisecond milliseconds;s sec secs second seconds;min mins minute minutes;h hr hrs hour hours;day days;week weeks wk wks;month months;year years yr yrs;"
        + "b byte bytes;kb kilobyte kilobytes;mb megabyte megabytes;gb gigabyte gigabytes gig gigs;tb terabyte terabytes;kib;mib;gib;tib;mbit mbps mbit/s;gbit gbps gbit/s;"
        + "km kilometer kilometers kilometre kilometres kms;m meter meters metre metres;cm centimeter centimeters centimetre centimetres;mm millimeter millimeters millimetre millimetres;"
        + "mile miles mi;ft foot feet;inch inches;kg kilo kilos kilogram kilograms kgs;g gram grams;mg milligram milligrams;mcg microgram micrograms;lb lbs;oz ounce ounces;stone;"
        + "l liter liters litre litres;ml milliliter milliliters millilitre millilitres;gal gallon gallons;cup cups;tbsp tablespoon tablespoons;tsp teaspoon teaspoons;"
        + "% percent pct;$ usd dollar dollars;€ eur euro euros;£ gbp quid;¥ yen jpy;chf francs;nok kroner;sek kronor;k;thousand;million mio;billion bn;"
        + "w watt watts;kw kilowatt kilowatts;kwh;v volt volts;a amp amps;hz;khz;mhz;ghz;px pixel pixels;pt;rpm;bpm;mph;km/h kmh kph;kcal calories;°c celsius;°f fahrenheit;degrees degree °;x times;"
        + "°");

    private static readonly FrozenDictionary<string, string> Numbers = Table(
        "2 two twice;3 three thrice;4 four;5 five;6 six;7 seven;8 eight;9 nine;10 ten;11 eleven;12 twelve dozen;13 thirteen;14 fourteen;15 fifteen;16 sixteen;17 seventeen;18 eighteen;19 nineteen;"
        + "20 twenty;30 thirty;40 forty;50 fifty;60 sixty;70 seventy;80 eighty;90 ninety;100 hundred");

    private static readonly FrozenDictionary<string, string> Months = Table(
        "01 january jan;02 february feb;03 march mar;04 april apr;05 may;06 june jun;07 july jul;08 august aug;09 september sep sept;10 october oct;11 november nov;12 december dec");

    private static readonly FrozenDictionary<string, string> Weekdays = Table(
        "mon monday mondays;tue tuesday tuesdays tues;wed wednesday wednesdays;thu thursday thursdays thurs thur;fri friday fridays;sat saturday saturdays;sun sunday sundays");

    /// <summary>The one spelling of a unit, or <see langword="null"/>.</summary>
    public static string? Unit(string word) => Known.GetValueOrDefault(word);

    /// <summary>The digits of a number word, or <see langword="null"/>. 'One' is not among them: it is mostly a pronoun.</summary>
    public static string? Number(string word) => Numbers.GetValueOrDefault(word);

    /// <summary>The two digits of a month that is written as a word, or <see langword="null"/>. Four of them, without a capital, are ordinary words.</summary>
    public static string? Month(string word, bool isCapital) =>
        char.IsAsciiDigit(word[0]) ? null : isCapital || word is not ("may" or "march" or "mar" or "august") ? Months.GetValueOrDefault(word) : null;

    /// <summary>The short form of a weekday, or <see langword="null"/>. 'sat' and 'sun' need a capital.</summary>
    public static string? Weekday(string word, bool isCapital) => isCapital || word is not ("sat" or "sun" or "wed") ? Weekdays.GetValueOrDefault(word) : null;

    private static FrozenDictionary<string, string> Table(string groups)
    {
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var words in groups.Split(';').Select(static g => g.Split(' ')))
        {
            foreach (var word in words)
            {
                table.TryAdd(word, words[0]);
            }
        }

        return table.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
