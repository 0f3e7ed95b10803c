namespace Memory.Benchmarks.Texts;

/// <summary>The words that fill the slots of sentences.</summary>
internal static class SlotWords
{
    private static readonly string[] First = List("Mara,Ana,Henrik,Jonas,Priya,Oluwaseun,Grace,Tomas,Ingrid,Yuki,Carlos,Fatima,Liam,Noah,Emma,Olivia,Sofia,Lucas,Mateo,Amelia,Ethan,Isabel,Daniel,Leila,Viktor,Nadia,Pavel,Elena,Omar,Hannah,Marcus,Julia,Peter,Laura,Simon,Clara,Felix,Ruth,Samuel,Alice,Martin,Nora,David,Eva,Robert,Helen,Arthur,Irene,George,Linda,Karen,Paul,Diana,Frank,Monica,Victor,Teresa,Andrew,Rachel,Kevin,Megan,Brian,Sarah,Thomas,Anita,Rahul,Mei,Chen,Hiroshi,Aisha,Kofi,Zara,Dmitri,Olga,Stefan,Marta,Pierre,Camille,Giulia,Lorenzo");
    private static readonly string[] Last = List("Weber,Novak,Larsen,Okafor,Sharma,Tanaka,Garcia,Rossi,Schmidt,Kowalski,Fischer,Hansen,Johansson,Silva,Moreau,Dubois,Murphy,Walsh,Campbell,Stewart,Anderson,Baker,Carter,Collins,Cooper,Dixon,Edwards,Foster,Gibson,Graham,Harper,Hughes,Jensen,Keller,Lambert,Lopez,Mason,Mitchell,Morgan,Nelson,Olsen,Parker,Patel,Price,Quinn,Reed,Reyes,Russell,Sanders,Shaw,Singh,Spencer,Stone,Sullivan,Turner,Vargas,Wagner,Walker,Watson,Webb,Wong,Wright,Young,Zhang,Petrov,Ivanova,Haddad,Mensah,Nakamura,Costa,Ferrari,Bianchi,Lindgren,Virtanen,Horvat,Popescu");
    private static readonly string[] Project = List("Harbor,Atlas,Beacon,Compass,Delta,Falcon,Granite,Horizon,Juniper,Lantern,Meridian,Nimbus,Orchard,Pioneer,Quarry,Ridge,Sapphire,Tundra,Umbra,Voyager,Willow,Zephyr,Anchor,Birch,Cedar,Driftwood,Ember,Fjord,Glacier,Heron,Iris,Jasper,Kestrel,Lagoon,Maple,Nectar,Opal,Pelican,Raven,Summit,Thistle,Vertex,Bluebird,Cobalt,Dynamo,Evergreen,Firefly,Monsoon");
    private static readonly string[] Tool = List("Postgres,Redis,Docker,Kubernetes,Terraform,Jenkins,GitHub Actions,Kafka,RabbitMQ,Elasticsearch,Grafana,Prometheus,nginx,SQLite,MongoDB,React,Angular,Vue,Svelte,TypeScript,Python,Rust,Go,Kotlin,Swift,Visual Studio Code,Vim,Emacs,Slack,Notion,Jira,Linear,Trello,Figma,Photoshop,Excel,Google Sheets,Outlook,Zoom,Teams,Blender,Unity,Ansible,Vault,Consul,Sentry,Datadog,Snowflake,Airflow,Spark,Pandas,PyTorch,Webpack,Vite,pytest,Playwright,Cypress,Selenium,Postman,GraphQL,OpenAPI,Stripe,Twilio,Auth0,Cloudflare,Heroku,Netlify,Vercel,Azure,Lambda,DynamoDB,ClickHouse,Tailwind,Storybook,ESLint,Prettier,Gradle,Maven,Bazel,CMake");
    private static readonly string[] Part = List("login page,payment service,search index,report generator,mobile app,export job,user profile,notification queue,admin dashboard,image resizer,audit log,billing module,checkout form,recommendation engine,message broker,session cache,file upload,calendar sync,translation layer,backup script,invoice template,rate limiter,permission check,feature flag,landing page,onboarding flow,newsletter editor,password reset,data importer,metrics collector,website footer,shopping cart,booking system,inventory table,customer portal,chat widget,map view,order history,pricing calculator,test suite,release pipeline,deployment script,staging database,help center,error handler,job scheduler,webhook receiver,identity provider,document viewer,speech recogniser");
    private static readonly string[] Task = List("writing unit tests,reviewing pull requests,planning the sprint,cleaning up old branches,measuring latency,drawing diagrams,sharing documents,tracking expenses,preparing slides,taking meeting notes,editing photographs,learning vocabulary,monitoring servers,debugging memory leaks,migrating the database,deploying on Fridays,scheduling interviews,answering support tickets,translating the manual,comparing prices,booking flights,archiving e-mail,training new colleagues,generating invoices,formatting code,profiling slow queries,drafting contracts,organising the garage,cooking for guests,watering the plants,repairing bicycles,practising the piano,planning the holiday,sorting receipts,reading research papers,labelling images,ordering office supplies,onboarding contractors,rotating credentials,restoring backups");
    private static readonly string[] Place = List("Berlin,Lisbon,Oslo,Toronto,Lagos,Kyoto,Madrid,Dublin,Vienna,Prague,Warsaw,Helsinki,Stockholm,Copenhagen,Amsterdam,Brussels,Zurich,Milan,Naples,Athens,Istanbul,Cairo,Nairobi,Cape Town,Mumbai,Bangalore,Singapore,Seoul,Osaka,Sydney,Melbourne,Auckland,Vancouver,Montreal,Boston,Chicago,Denver,Seattle,Austin,Portland,Lima,Bogota,Santiago,Manchester,Edinburgh,Bristol,Hamburg,Munich,Lyon,Porto");
    private static readonly string[] Food = List("coriander,mushrooms,peanuts,shellfish,lactose,gluten,olives,aubergine,garlic,raw onion,dark chocolate,strawberries,blue cheese,lentil soup,sourdough bread,green tea,black coffee,oat milk,spicy noodles,grilled salmon,roast chicken,apple pie,tofu,avocado,walnuts,honey,pickled cabbage,rice pudding,tomato salad,pumpkin curry,lamb stew,red wine,ginger ale,vanilla ice cream,sushi,tacos,pancakes,porridge,goat cheese,beetroot");
    private static readonly string[] Thing = List("passport,bicycle,espresso machine,standing desk,winter tyres,spare keys,guitar,camera lens,printer,tent,hearing aid,vacuum cleaner,washing machine,smoke detector,library card,health insurance,driving licence,rental contract,gym membership,piano,bookshelf,microphone,external drive,monitor,keyboard,router,solar panels,heat pump,dog collar,allergy medicine,reading glasses,birthday present,train ticket,museum pass,garden fence,kitchen tap,violin,sleeping bag,toolbox,coffee grinder");
    private static readonly string[] Relation = List("sister,brother,mother,father,neighbour,manager,dentist,landlord,accountant,cousin,colleague,flatmate,teacher,physiotherapist,lawyer,uncle,aunt,daughter,son,best friend");
    private static readonly string[] Reason = List("it is faster,the licence is cheaper,the documentation is better,the team already knows it,it runs offline,the old one kept crashing,customers asked for it,the auditors required it,it uses less memory,support ends next year,it works on every platform,the tests were flaky,the vendor raised prices,it is easier to read,nobody maintained the other one,it handles large files,privacy rules forbid the alternative,it needs no configuration,the trial went well,the deadline was too close,errors are easier to find,it saves an hour every week,the contract expires soon,the hardware is too old,it avoids duplicated work");
    private static readonly string[] Trouble = List("times out under load,loses the session after a restart,shows the wrong currency,sends every message twice,ignores the time zone,fails for names with accents,returns an empty list,leaks file handles,blocks the main thread,rounds prices incorrectly,rejects valid addresses,crashes on large images,forgets the selected language,skips the last page,overwrites newer changes,locks the table for minutes,prints dates backwards,refuses expired certificates,uses too much memory,deadlocks with the importer");
    private static readonly string[] Hobby = List("climbing,chess,pottery,running,swimming,birdwatching,photography,gardening,baking,sailing,cycling,knitting,painting,astronomy,woodworking,hiking,tennis,salsa dancing,karate,fishing,yoga,choir singing,board games,calligraphy,skiing");
    private static readonly string[] Role = List("designer,architect,product owner,data scientist,tester,project manager,writer,consultant,nurse,electrician,accountant,researcher,team lead,support engineer,librarian,chemist,translator,recruiter,analyst,security officer");
    private static readonly string[] Folder = List("src,lib,tests,docs,scripts,config,tools,deploy,assets,server,client,migrations,templates,services,handlers");
    private static readonly string[] File = List("startup,settings,router,parser,schema,worker,billing,session,cache,export,import,report,invoice,upload,search,health,retry,queue,mapper,token");
    private static readonly string[] Extension = List("cs,py,ts,go,rs,sql,yml,json,md,sh");

    /// <summary>Words for a slot.</summary>
    /// <param name="slot">Its kind.</param>
    /// <param name="random">The source of chance.</param>
    public static string Of(string slot, Random random) => slot switch
    {
        "person" => $"{random.Pick(First)} {random.Pick(Last)}",
        "name" => random.Pick(First),
        "project" => random.Pick(Project),
        "tool" => random.Pick(Tool),
        "part" => random.Pick(Part),
        "task" => random.Pick(Task),
        "place" => random.Pick(Place),
        "food" => random.Pick(Food),
        "thing" => random.Pick(Thing),
        "relation" => random.Pick(Relation),
        "reason" => random.Pick(Reason),
        "trouble" => random.Pick(Trouble),
        "hobby" => random.Pick(Hobby),
        "role" => random.Pick(Role),
        "date" => new DateOnly(2022, 1, 1).AddDays(random.Next(1_700)).ToString("d MMMM yyyy"),
        "time" => $"{random.Next(7, 20)}:{random.Next(4) * 15:00}",
        "version" => $"{random.Next(1, 20)}.{random.Next(30)}.{random.Next(10)}",
        "number" => $"{random.Next(2, 5_000)}",
        "path" => $"{random.Pick(Folder)}/{random.Pick(File)}_{random.Pick(File)}.{random.Pick(Extension)}",
        _ => throw new ArgumentOutOfRangeException(nameof(slot), slot, "No words are known for this slot."),
    };

    private static string[] List(string words) => words.Split(',');
}
