namespace Memory.Tests;

/// <summary>Pairs of statements that say different things although their words do not show it: no two may ever be taken for the same.</summary>
internal static class NearMisses
{
    /// <summary>Told apart by signs, symbols, order, articles of names or code.</summary>
    public static TheoryData<string, string> BySigns { get; } = new()
    {
        { "Alert when load > 80.", "Alert when load < 80." },
        { "CPU limit is >= 4 cores.", "CPU limit is <= 4 cores." },
        { "Load is <5.", "Load is >5." },
        { "Deploy is done ✅", "Deploy is done ❌" },
        { "Tests: ✔ unit, ✘ e2e", "Tests: ✘ unit, ✔ e2e" },
        { "Is Henrik on leave?", "Henrik is on leave." },
        { "Can we deploy on Friday?", "We can deploy on Friday." },
        { "Hepatitis A is ruled out.", "Hepatitis is ruled out." },
        { "Team “The A” won", "Team won" },
        { "Run `rm -rf x`.", "Run `rm rf x`." },
        { "Range 3-5", "Range 3 5" },
    };

    /// <summary>Others, of which some are equal when case, punctuation and articles are folded.</summary>
    public static TheoryData<string, string> ByMore { get; } = new()
    {
        { "Is Henrik on leave", "Henrik is on leave." },
        { "Can we deploy on Friday", "We can deploy on Friday." },
        { "Tests: ✔ e2e, ✘ unit", "Tests: ✔ unit, ✘ e2e" },
        { "Load is 5.", "Load is <5." },
        { "Deploy is done", "Deploy is done ✅" },
        { "The disk has (-5) offset.", "The disk has (5) offset." },
        { "Take 1½ cups of rice.", "Take 11/2 cups of rice." },
        { "The link A → B is up.", "The link A ← B is up." },
        { "Run `Make all` daily.", "Run the `make all` daily!" },
        { "It holds that x = y.", "It holds that x ≠ y." },
        { "The vote was 👍.", "The vote was 👎." },
        { "No, deploy on Friday.", "No deploy on Friday." },
        { "Never, deploy by hand", "Never deploy by hand." },
    };

    /// <summary>Told apart by a word that elsewhere only frames a report, or only says that something has ended.</summary>
    public static TheoryData<string, string> ByNouns { get; } = new()
    {
        { "The users table of Harbor has 12 columns.", "The orders table of Harbor has 12 columns." },
        { "The user service of Harbor is written in Go.", "The mail service of Harbor is written in Go." },
        { "The notes page loads slowly.", "The status page loads slowly." },
        { "The state machine has a bug.", "The washing machine has a bug." },
        { "Users can reset their password.", "Admins can reset their password." },
        { "The reported price is 5 euros.", "The list price is 5 euros." },
        { "The reminder job runs hourly.", "The backup job runs hourly." },
        { "Back up the users database every night.", "Back up the orders database every night." },
        { "Mara's right knee hurts.", "Mara's left knee hurts." },
        { "The open beta starts in May.", "The closed beta starts in May." },
        { "The left door is locked.", "The red door is locked." },
        { "The stopped job holds the lock.", "The nightly job holds the lock." },
    };

    /// <summary>The same words of content, in another order or with another small word between them.</summary>
    public static TheoryData<string, string> ByOrderAndSmallWords { get; } = new()
    {
        { "The train from Ghent to Bruges is at nine.", "The train from Bruges to Ghent is at nine." },
        { "Noor likes Leo more than Max.", "Noor likes Max more than Leo." },
        { "Compared to Redis, Memcached is slow.", "Compared to Memcached, Redis is slow." },
        { "Unlike Nora, Ines drinks coffee.", "Unlike Ines, Nora drinks coffee." },
        { "With Zoe, Adam plays tennis.", "With Adam, Zoe plays tennis." },
        { "Fay was hired by Gus.", "Fay hired Gus." },
        { "Step B follows step A.", "Step A follows step B." },
        { "The boy whom Ana saw left.", "The boy who saw Ana left." },
        { "After lunch, Omar calls Petra.", "After lunch, Petra calls Omar." },
        { "Chapter 3 comes after chapter 4.", "Chapter 4 comes after chapter 3." },
        { "Version 2 precedes version 3.", "Version 3 precedes version 2." },
        { "Room 5 is above room 7.", "Room 7 is above room 5." },
        { "Gate 4 opens after gate 9.", "Gate 9 opens after gate 4." },
        { "The film is open to all but minors.", "The film is open to all minors." },
        { "Everyone but Ruth signed.", "Everyone and Ruth signed." },
        { "The deploy almost failed.", "The deploy failed." },
        { "Luis seldom drinks wine.", "Luis drinks wine." },
        { "The well may be safe.", "The well is safe." },
        { "The door needs a key and a badge.", "The door needs a key or a badge." },
        { "Tom and Ana can approve.", "Tom or Ana can approve." },
        { "The letter is to Nina.", "The letter is from Nina." },
        { "The spare key lies under the mat.", "The spare key lies over the mat." },
        { "The cat is in the box.", "The cat is on the box." },
        { "You must lock the shed.", "You may lock the shed." },
        { "He owns the boat.", "She owns the boat." },
        { "My car is red.", "Your car is red." },
        { "Ines met her parents.", "Ines met his parents." },
        { "Mara has a dog.", "Mara had a dog." },
        { "The tests were flaky.", "The tests are flaky." },
        { "This road is closed.", "That road is closed." },
        { "Omar came.", "Omar comes." },
        { "Ines lived in Porto.", "Ines lives in Porto." },
        { "Even Ines ate fish.", "Ines ate fish." },
        { "The wifi is off.", "The wifi is of." },
        { "Kim resigned on 5 May.", "Kim re-signed on 5 May." },
        { "The dog is Ina's.", "The dog is Inas." },
        { "Send 10 000 euros.", "Send 10, 000 euros." },
    };

    /// <summary>The same words but for one or two, or in another voice.</summary>
    public static TheoryData<string, string> ByOneOrTwoWords { get; } = new()
    {
        { "The drug is non-toxic.", "The drug is toxic." },
        { "The contract is non-renewable for tenants in Ghent.", "The contract is renewable for tenants in Ghent." },
        { "Kim is a vegetarian.", "Kim is a non-vegetarian." },
        { "The API is deprecated.", "The API is un-deprecated." },
        { "Lena is the manager of Kim.", "Lena is the ex-manager of Kim." },
        { "Mara failed to renew her passport before the Lisbon trip.", "Mara renewed her passport before the Lisbon trip." },
        { "Kim failed to pay.", "Kim paid." },
        { "Kim pretended to sleep.", "Kim slept." },
        { "Kim wants to move.", "Kim moved." },
        { "Kim bought a fake Rolex.", "Kim bought a Rolex." },
        { "Lee is too young to vote.", "Lee is young enough to vote." },
        { "The council voted for the bypass through Ghent in spring.", "The council voted against the bypass through Ghent in spring." },
        { "The parking permit of Mara is valid until June.", "The parking permit of Mara is valid from June." },
        { "Open until 10 on Monday.", "Open after 10 on Monday." },
        { "The report is due in 3 days.", "The report is due every 3 days." },
        { "Increase the timeout to 30 seconds.", "Increase the timeout by 30 seconds." },
        { "The gate is open during lunch.", "The gate is open outside lunch." },
        { "Mara takes the pills before eating.", "Mara eats before taking the pills." },
        { "Stretch before running.", "Run before stretching." },
        { "Lock the door after switching the light off.", "Switch the light off after locking the door." },
        { "Kim beat Lee.", "Kim was beaten by Lee." },
        { "Kim is being interviewed by Lee.", "Kim is interviewing Lee." },
        { "Kim sold the car.", "Kim was sold the car." },
        { "Kim got fired.", "Kim fired." },
        { "Kim stopped smoking.", "Kim stopped to smoke." },
        { "Mara used to live in Oslo.", "Mara is used to live in Oslo." },
        { "The class starts at half past nine.", "The class starts at half to nine." },
        { "The class starts at quarter to five.", "The class starts at quarter past five." },
        { "Next Monday is off.", "Last Monday is off." },
        { "The newsletter is weekly.", "The newsletter is bi-weekly." },
        { "Feed the cat a day.", "Feed the cat every other day." },
        { "Kim is the vice president.", "Kim is the president." },
        { "Kim is half Dutch.", "Kim is Dutch." },
    };
}
