//! What worries a worker: what was seen, what is thought of it, how it ended.

/// Seen or heard, tile Geld.
pub const FACTS_GELD: &[&str] = &[
    "Stapel ongeopende post op tafel, ook blauwe enveloppen.",
    "Vertelt dat de energierekening niet is betaald. Er ligt een tweede aanmaning.",
    "Koelkast stond open: melk en een half brood, verder leeg.",
    "Vroeg of ik vijf euro kon lenen voor luiers.",
    "Zegt dat de huurtoeslag is gestopt. Weet niet waarom.",
    "Verwarming uit, drie truien aan. Zegt: te duur.",
    "Brief van een deurwaarder op de mat gezien. Bewoner liet hem zelf lezen.",
    "Vertelt dat hij één keer per dag eet tot het geld binnen is.",
    "Telefoon is afgesloten. Zegt: rekening niet betaald.",
    "Twee maanden huur achter, volgens de bewoner zelf.",
    "Zoon gaat niet mee op schoolreis. Moeder zegt: geen geld.",
    "Werkt minder uren sinds vorige maand. Zegt dat hij het niet meer rondkrijgt.",
];

/// Seen or heard, tile Gezondheid.
pub const FACTS_GEZONDHEID: &[&str] = &[
    "Loopt moeilijker dan vorige maand. Hield zich vast aan de deurpost.",
    "Kleren zitten veel ruimer dan in het voorjaar.",
    "Is vorige week gevallen in de badkamer, vertelt ze. Blauwe plek op de arm.",
    "Wist vandaag mijn naam niet meer. Vroeg drie keer welke dag het was.",
    "Pan stond droog te koken toen ik binnenkwam. Gas uitgedraaid, samen met bewoner.",
    "Zegt dat hij zijn pillen al een week niet heeft opgehaald.",
    "Om half elf nog in ochtendjas, gordijnen dicht. Vorige drie keer ook.",
    "Vertelt dat ze bijna niet slaapt en de hele nacht loopt.",
    "Drie keer een afspraak in het ziekenhuis afgezegd, zegt de dochter.",
    "Rook naar drank om tien uur 's ochtends. Lege flessen in de gang.",
    "Was buiten adem na één trap. Moest gaan zitten.",
    "Zegt dat de thuiszorg deze week twee keer niet is gekomen.",
];

/// Seen or heard, tile Alleen.
pub const FACTS_ALLEEN: &[&str] = &[
    "Rolluik al vier dagen dicht overdag.",
    "Post van een week in de bus. Buurvrouw heeft niets gehoord.",
    "Zegt dat hij sinds zondag niemand heeft gesproken.",
    "Man is in maart overleden. Komt sindsdien niet meer op de eettafel.",
    "Belde mij vier keer deze week, alleen om te praten.",
    "Zegt: ik kom de trap niet meer af, dus ik kom nergens.",
    "Kinderen wonen ver weg. Laatste bezoek was met kerst, vertelt ze.",
    "Doet de deur nog maar op een kier. Vorig jaar kon ik binnenkomen.",
    "Huilde toen ik wegging. Vroeg wanneer ik weer kwam.",
    "Zit elke middag alleen op het bankje, ook met regen.",
    "Buren groeten hem niet meer sinds de ruzie, zegt hij.",
];

/// Seen or heard, tile Thuis niet veilig.
pub const FACTS_THUIS_NIET_VEILIG: &[&str] = &[
    "Geschreeuw gehoord door de deur, daarna een klap. Mannenstem en vrouwenstem.",
    "Blauwe plek bij het oog. Zegt dat ze tegen een kastdeur liep.",
    "Keek bij elke vraag eerst naar haar partner voor ze antwoord gaf.",
    "Zegt dat haar zoon haar pinpas heeft en haar geen geld geeft.",
    "Kind van een jaar of zes zat om negen uur 's avonds alleen op de trap.",
    "Gat in de binnendeur. Was er vorige maand niet.",
    "Fluisterde aan de deur dat ze niet kon praten. Deed de deur dicht.",
    "Buurvrouw hoort twee keer per week ruzie en glas dat breekt.",
    "Zegt dat ze bang is als hij gedronken heeft.",
    "Meneer schreeuwde tegen zijn moeder waar ik bij was. Zij zei niets.",
];

/// Seen or heard, tile Woning.
pub const FACTS_WONING: &[&str] = &[
    "Zwarte plekken op de slaapkamermuur, ongeveer een meter breed.",
    "Gang staat zo vol dat de deur maar half opengaat.",
    "Lekkage in de badkamer. Emmer staat eronder, al drie weken zegt bewoner.",
    "Sterke lucht in het portiek bij deze deur, vuilniszakken op het balkon.",
    "Rookmelder hangt los. Kookt op een campingstel.",
    "Keukenraam sluit niet. Doek ervoor gehangen.",
    "Slaapt met vier kinderen in één kamer. Andere kamer is te vochtig.",
    "Geen warm water sinds maandag.",
    "Verlengsnoer van de buren over de galerij naar binnen.",
    "Geen bed gezien. Matras op de grond in de woonkamer.",
    "Toilet is verstopt. Bewoner gaat bij de buren.",
];

/// Seen or heard, tile Overlast.
pub const FACTS_OVERLAST: &[&str] = &[
    "Harde muziek tot drie uur 's nachts, melden twee buren los van elkaar.",
    "Vuilniszakken voor de deur. Muizen in het portiek gezien.",
    "Steeds andere mensen in en uit, kort bezoek, ook laat.",
    "Ruzie over de fietsen in de gang. Er is geduwd, zegt de buurman.",
    "Blaft de hele dag, de hond is alleen. Zelf gehoord om elf en om twee uur.",
    "Staat te schreeuwen vanaf het balkon. Ik kon het niet verstaan.",
    "Groepje rookt elke avond in de trapopgang. Bewoners durven er niet langs.",
    "Bonkt op de muur bij elk geluid, zegt de onderbuurvrouw.",
    "Glas op de galerij, voor de derde keer deze maand.",
    "Spullen naar beneden gegooid. Stoel lag kapot op de stoep.",
    "Bel en naamplaatje van de buren zijn vernield.",
];

/// Seen or heard, tile Meedoen.
pub const FACTS_MEEDOEN: &[&str] = &[
    "Is zijn werk kwijt sinds januari. Zegt: ik zit de hele dag op de bank.",
    "Wil graag naar taalles, maar heeft geen oppas.",
    "Dochter van vijftien is al drie weken niet naar school, zegt moeder.",
    "Kan de brieven niet lezen. Wacht tot haar zus komt.",
    "Durft niet met de bus. Komt daardoor niet bij het spreekuur.",
    "Heeft geen computer en mist de berichten van school.",
    "Wilde vrijwilliger worden, maar heeft niets meer gehoord.",
    "Jongen van zeventien is overdag steeds op het plein. Gestopt met de opleiding, zegt hij.",
    "Is gestopt met de zangclub. Zegt dat de trap te zwaar is.",
    "Kwam twee keer tot de deur van de buurtkamer en ging weer weg.",
    "Kent niemand in het portiek. Woont er nu acht maanden.",
];

/// The seven tiles by code, each with what was seen.
pub const CONCERN_FACTS: &[(&str, &[&str])] = &[
    ("geld", FACTS_GELD),
    ("gezondheid", FACTS_GEZONDHEID),
    ("alleen", FACTS_ALLEEN),
    ("thuis_niet_veilig", FACTS_THUIS_NIET_VEILIG),
    ("woning", FACTS_WONING),
    ("overlast", FACTS_OVERLAST),
    ("meedoen", FACTS_MEEDOEN),
];

/// What the worker thinks of it, kept apart from what was seen.
pub const IMPRESSIONS: &[&str] = &[
    "Ik denk dat ze zich schaamt.",
    "Ik denk dat er meer speelt dan hij vertelt.",
    "Maakt een moedeloze indruk op mij.",
    "Ik heb het gevoel dat hij het overzicht kwijt is.",
    "Volgens mij durft ze geen hulp te vragen.",
    "Ik vertrouw het niet helemaal. Wil graag meedenken met een collega.",
    "Lijkt mij vooral eenzaam.",
    "Kan ook een slechte dag zijn geweest. Ik kijk het nog even aan.",
    "Ik denk dat de dochter het niet meer volhoudt.",
    "Mijn indruk: wil wel hulp, maar niet van een instantie.",
    "Ik schat in dat het snel erger kan worden.",
    "Het lijkt erop dat ze elkaar niet meer verstaan als buren. Geen onwil.",
    "Ik denk dat hij bang is voor brieven.",
    "Ze hield zich groot, denk ik.",
    "Niet pluis. Kan er de vinger niet op leggen.",
    "Ik denk dat een gewoon gesprek al veel scheelt.",
    "Volgens mij weet hij niet waar hij moet beginnen.",
    "Het voelde gespannen aan tafel.",
    "Ik heb de indruk dat ze slecht hoort en daarom afhaakt.",
    "Lijkt minder op te letten dan vroeger.",
    "Ik denk dat de kinderen er last van hebben.",
    "Misschien is het alleen de drukte. Volgende week nog eens kijken.",
    "Ik maak me meer zorgen dan vorige keer.",
    "Volgens mij helpt het als steeds dezelfde persoon komt.",
    "Ik denk dat hij zijn vrouw erg mist.",
    "Ze leek opgelucht dat ze het kon vertellen.",
    "Ik vermoed dat hij de brief niet heeft begrepen.",
    "Het is te veel voor één mens, denk ik.",
    "Mijn gevoel zegt: niet te lang wachten.",
    "Hij wil het zelf oplossen. Dat lukt denk ik niet alleen.",
    "Ik weet niet of de buurman het goed heeft gezien.",
    "Ze vertrouwt mij, maar nog niet genoeg.",
    "Lijkt mij iets voor de woningbouw, niet voor ons.",
    "Ik denk dat ze het huis niet meer alleen kan bijhouden.",
    "De moeder lijkt uitgeput.",
    "Ik denk dat de jongen liever werkt dan leert.",
    "Hij is trots. Rustig aan doen.",
    "Het klopt voor mij niet met wat ze vorige maand zei.",
    "Ik denk dat het met geld te maken heeft, maar dat zei ze niet.",
    "Ze lijkt elke dag wat minder te doen.",
    "Ik had het idee dat er iemand in de kamer meeluisterde.",
    "Lijkt mij dat beide buren gelijk hebben.",
    "Hij leek vooral moe.",
    "Ik denk dat ze wel wil, als iemand de eerste keer meegaat.",
    "Het huis zegt meer dan hij zelf, denk ik.",
];

/// How a concern came to its end, by the code of its tile.
pub const CAME_OF: &[(&str, &[&str])] = &[
    (
        "geld",
        &[
            "Huurtoeslag loopt weer, met terugbetaling.",
            "Regeling met de energieleverancier. Betaalt elke maand een deel.",
            "Schuldhulp is begonnen. Bewoner heeft een vaste contactpersoon.",
            "Post is op volgorde, één rekening bleek al betaald.",
            "Bewoner wil geen hulp. Kent mijn nummer, ik blijf langskomen.",
            "Dochter doet nu de post. Vraagt geen hulp meer.",
        ],
    ),
    (
        "gezondheid",
        &[
            "Huisarts is langs geweest en volgt het verder.",
            "Thuiszorg komt nu elke ochtend.",
            "Gaat twee keer per week naar de dagbesteding.",
            "Pillen komen nu in een weekdoos van de apotheek.",
            "Er is een afspraak geweest in het ziekenhuis. Dochter gaat voortaan mee.",
            "Wijkverpleging is begonnen, om de dag.",
        ],
    ),
    (
        "alleen",
        &[
            "Maatje gevonden. Wandelen samen op woensdag.",
            "Komt nu elke donderdag naar de eettafel. Buurvrouw haalt op.",
            "Was loos alarm. Bewoner was bij familie.",
            "Gaat twee keer per week naar de dagbesteding.",
            "Wil geen bezoek erbij, wel af en toe koffie. Dat houden we zo.",
            "Drinkt op dinsdag koffie met de buren van beneden.",
        ],
    ),
    (
        "thuis_niet_veilig",
        &[
            "Wijkteam komt nu elke twee weken. Bewoner is tevreden.",
            "Overgedragen aan het wijkteam, zij houden contact. Bewoner weet dit.",
            "Advies gevraagd en met bewoner besproken. Er is hulp begonnen.",
        ],
    ),
    (
        "woning",
        &[
            "Huismeester is geweest. Het is gemaakt en nagekeken.",
            "Vocht is gemeten, muur wordt volgende maand behandeld.",
            "Balkon opgeruimd met drie buren en de huismeester.",
            "Woningbouw heeft het hersteld. Bewoner is tevreden.",
            "Rookmelders zijn vervangen in het hele portiek.",
        ],
    ),
    (
        "overlast",
        &[
            "Buren hebben gepraat met buurtbemiddeling. Afspraken over muziek na tien uur.",
            "Samen opgeruimd. Sindsdien geen klachten meer.",
            "Wijkagent is langs geweest. Het is al vier weken rustig.",
            "Buren hebben het zelf uitgepraat in het portiek.",
        ],
    ),
    (
        "meedoen",
        &[
            "School en moeder hebben weer contact. Dochter gaat halve dagen.",
            "Gaat nu naar de taalles, twee ochtenden per week.",
            "Is begonnen als vrijwilliger in de fietsenwerkplaats.",
            "Komt op woensdag naar de buurtkamer. Eerste keer samen gegaan.",
            "Maatje leest de brieven mee, elke vrijdag.",
        ],
    ),
];

/// How any concern may come to its end.
pub const CAME_OF_ANY: &[&str] = &[
    "Het gaat beter. Bewoner en ik vinden dat dit klaar is.",
    "Bewoner lost het zelf op en heeft mijn nummer. Ik blijf langskomen.",
    "Besproken in het overleg. Het wijkteam houdt het nu bij, bewoner weet dit.",
    "Familie heeft het opgepakt. Over een maand vraag ik hoe het gaat.",
];
