//! Laat zien: what a resident reads of their own record. Short, and to them: "we" are the waakvlammers, "je" is who looks.
//! The worker reads what comes before it, in her own language; a resident reads Dutch, whatever the screen speaks.

use crate::app::{language, when};
use crate::domain::body::{AgreedBy, Fact, HowOften, KnownKind, Outcome, Party, Stage, Tile, VisitKind};
use crate::domain::showing::{Part, Says};

use super::card::Language;
use super::labels;

say! {
    title = "Laat zien", "Show";
    who_looks = "Wie kijkt mee?", "Who is looking?";
    who_looks_why = "Kies over wie het gaat. Die persoon ziet alleen wat over hem of haar is opgeschreven.", "Choose who it is about. That person only sees what is written down about them.";
    only_them = "Staat er iemand naast die hier niet woont? Laat dan niets zien.", "Is somebody there who does not live here? Then show nothing.";
    household = "Wie hier woont", "Who lives here";
    household_hint = "Niet één persoon. Dan laat je het minst zien.", "Not one person. Then you show the least.";
    household_alone_hint = "We weten niet wie hier precies woont.", "We do not know exactly who lives here.";
    choose_first = "Kies wie er meekijkt.", "Choose who is looking.";
    begin = "Laat zien", "Show";
    begin_why = "Daarna zit de rest van de app op slot. Terug kan alleen met je vijf woorden of je vingerafdruk.", "After that the rest of the app is locked. The only way back is with your five words or your fingerprint. What the resident reads is in Dutch. To stop, tap “Klaar: app op slot” (done: lock the app).";
    nothing_there = "Over wie hier woont, staat niets in de app.", "There is nothing in the app about who lives here.";
    no_door = "Deze deur staat niet op deze telefoon.", "This door is not on this phone.";
    to_door = "Terug naar de deur", "Back to the door";
}

/// What a resident reads, in Dutch.
macro_rules! shown {
    ($($name:ident = $dutch:literal;)*) => {$(
        #[doc = $dutch]
        #[must_use]
        pub fn $name() -> &'static str {
            $dutch
        }
    )*};
}

shown! {
    about_you = "Dit staat er over jou";
    about_home = "Dit staat er over wie hier woont";
    rest_is_locked = "De rest van de app zit op slot.";
    nothing_about_you = "Er staat nog niets om te laten zien.";
    maybe_more = "Soms staat er meer over je in de app dan hier. Wil je alles weten? Vraag het aan ons kantoor. Je mag het altijd lezen, en een kopie krijgen.";
    never_who = "Vertelde iemand ons iets over jou? Dan zeggen we niet wie. Vertel jij ons iets over een ander, dan zeggen we jouw naam ook niet.";
    who_reads = "De waakvlammers van deze buurt en hun leidinggevende lezen dit. De bewonerscommissie, de gemeente en je verhuurder niet.";
    done = "Klaar: app op slot";

    wrong = "Klopt niet";
    wrong_what = "Wat klopt er niet?";
    wrong_hint = "In je eigen woorden. De waakvlammer typt het voor je op.";
    wrong_save = "Schrijf het erbij";
    wrong_saved = "Opgeslagen. Het staat erbij, en je waakvlammer en de leidinggevende lezen het.";
    never_mind = "Toch niet";
    you_said = "Jij zei:";
    said_wrong = "Iemand die hier woont, zei dat dit niet klopt.";

    sharing = "Wat mogen we met anderen delen?";
    sharing_why = "We delen niets zonder het te vragen, behalve als iemand in gevaar is. Zeg je ja, dan mag je later altijd nee zeggen.";
    with_whom = "Met wie?";
    may_we = "Mag het?";
    yes = "Ja, dat mag";
    no = "Nee, niet meer";
    who_says = "Wie zegt het?";
    word = "Wat zei je precies?";
    word_hint = "Eén zin is genoeg. Bijvoorbeeld: ‘Bel ze maar voor mij.’";
    interpreter = "Wie tolkte er?";
    interpreter_hint = "Alleen als iemand tolkte. Nooit een kind.";
    sharing_save = "Opslaan";
    sharing_saved = "Opgeslagen. Dit geldt vanaf nu.";
    with_whom_empty = "Kies met wie.";
    may_we_empty = "Kies ja of nee.";
    who_says_empty = "Kies wie het zegt.";
    word_empty = "Schrijf op wat er gezegd is.";
    wrong_empty = "Schrijf op wat er niet klopt.";
}

/// A language of the card, for the worker.
#[must_use]
pub fn card_in(language: &Language) -> &'static str {
    let english = match language.code {
        "nl" => "Dutch",
        "tr" => "Turkish",
        "ar" => "Arabic",
        "pl" => "Polish",
        "uk" => "Ukrainian",
        _ => language.name,
    };
    both!(language.dutch, english)
}

/// The heading of a part.
#[must_use]
pub fn part(part: Part) -> &'static str {
    match part {
        Part::You => "Wie je bent",
        Part::Agreed => "Wat we afspraken",
        Part::Contacts => "Wanneer we er waren",
        Part::Worries => "Waar we ons zorgen over maken",
        Part::Help => "Hulp, en wat we mogen delen",
        Part::Small => "Kleine dingen",
        Part::GoodToKnow => "Goed om te weten",
    }
}

/// The icon of a part.
#[must_use]
pub fn part_icon(part: Part) -> &'static str {
    match part {
        Part::You => "user",
        Part::Agreed => "calendar",
        Part::Contacts => "coffee",
        Part::Worries => "eye",
        Part::Help => "group",
        Part::Small => "heart",
        Part::GoodToKnow => "note",
    }
}

/// A line in plain sentences.
#[must_use]
pub fn says(says: &Says, called: &dyn Fn(Party) -> String) -> Vec<String> {
    language::in_dutch(|| sentences(says, called))
}

fn sentences(says: &Says, called: &dyn Fn(Party) -> String) -> Vec<String> {
    match says {
        Says::KnownSince(day) => vec![format!("We kennen je sinds {}.", when::day(*day))],
        Says::Stands { role, called } => vec![match called.as_str() {
            "" => format!("Je staat erbij als: {}.", labels::who(*role).to_lowercase()),
            called => format!("Zo noemen we je: {called} ({}).", labels::who(*role).to_lowercase()),
        }],
        Says::CardGiven => vec!["We hebben je verteld dat we soms iets opschrijven.".to_owned()],
        Says::Comes(often) => vec![comes(*often).to_owned()],
        Says::Promised(day) => vec![format!("We beloofden terug te komen: {}.", when::day(*day))],
        Says::Contact { kind, outcome, facts, note, gesture } => {
            let mut sentences = vec![contact(*kind, *outcome)];
            sentences.extend(noticed(facts));
            sentences.extend((!note.is_empty()).then(|| format!("We schreven op: ‘{note}’")));
            sentences.extend((!gesture.is_empty()).then(|| format!("Dit deden we: {}", stop(gesture))));
            sentences
        }
        Says::Worry { tile, facts, seen, open } => {
            let mut sentences = vec![format!("Het gaat over: {}.", topic(*tile))];
            sentences.extend(noticed(facts));
            sentences.extend((!seen.is_empty()).then(|| format!("We schreven op: ‘{seen}’")));
            sentences.push(if *open { "We letten hier nog op." } else { "Dit is afgerond." }.to_owned());
            sentences
        }
        Says::Asked { party, word, shared, stage, weeks } => {
            let mut sentences = vec![format!("We vroegen hulp bij {}.", called(*party))];
            sentences.extend((!word.is_empty()).then(|| format!("Jij zei: ‘{word}’")));
            sentences.extend((!shared.is_empty()).then(|| format!("Dit deelden we: ‘{shared}’")));
            sentences.push(self::stage(*stage, *weeks));
            sentences
        }
        Says::MayShare { party, given, by, word } => {
            let who = match by {
                AgreedBy::Resident => "Jij zei",
                AgreedBy::Parent => "Een ouder zei",
                AgreedBy::Representative => "Wie voor jou beslist, zei",
            };
            let party = called(*party);
            let mut sentences = vec![if *given {
                format!("{who}: met {party} mogen we dingen over jou delen.")
            } else {
                format!("{who}: met {party} mogen we niets meer over jou delen.")
            }];
            sentences.extend((!word.is_empty()).then(|| format!("Jouw woorden: ‘{word}’")));
            sentences
        }
        Says::Gesture(what) => vec![format!("Dit deden we: {}", stop(what))],
        Says::Tie => vec!["We brachten je in contact met iemand uit de buurt. Jullie wilden dat allebei.".to_owned()],
        Says::Known { what, text, until } => {
            let mut sentence = known(*what).to_owned();
            if !text.is_empty() {
                sentence = format!("{sentence}: {text}");
            }
            vec![match until {
                Some(until) => format!("{sentence} (tot en met {}).", when::day(*until)),
                None => stop(&sentence),
            }]
        }
    }
}

/// With whom something may be shared, as a resident says it. The worker finds it by these words, too.
#[must_use]
pub fn party(party: Party) -> &'static str {
    match party {
        Party::DistrictTeam => both!("het wijkteam", "the district team (wijkteam)"),
        Party::Welfare => both!("het maatschappelijk werk", "social work (maatschappelijk werk)"),
        Party::Housing => both!("de verhuurder", "the landlord (verhuurder)"),
        Party::MentalHealth => both!("de ggz", "the GGZ (mental health)"),
        Party::OutreachCare => both!("de GGD", "the GGD (public health)"),
        Party::AddictionCare => both!("de verslavingszorg", "addiction care (verslavingszorg)"),
        Party::Doctor => both!("de huisarts", "the general practitioner (huisarts)"),
        Party::DistrictNursing => both!("de wijkverpleging", "district nursing (wijkverpleging)"),
        Party::SafeAtHome => both!("Veilig Thuis", "Veilig Thuis (domestic violence and abuse)"),
        Party::DebtHelp => both!("de schuldhulp", "debt help (schuldhulp)"),
        Party::Police => both!("de wijkagent", "the neighbourhood police officer (wijkagent)"),
        Party::Mediation => both!("buurtbemiddeling", "neighbour mediation (buurtbemiddeling)"),
        Party::ClientSupport => both!("de cliëntondersteuner", "the client supporter (cliëntondersteuner)"),
        Party::YouthTeam => both!("het jeugdteam", "the youth team (jeugdteam)"),
        Party::School => both!("de school", "the school"),
        Party::SafetyHouse => both!("het Zorg- en Veiligheidshuis", "the Zorg- en Veiligheidshuis (care and safety)"),
        Party::Buddies => both!("het maatjesproject", "the buddy project (maatjesproject)"),
        Party::Municipality => both!("de gemeente", "the municipality (gemeente)"),
    }
}

/// Who says it.
#[must_use]
pub fn agreed_by(by: AgreedBy) -> &'static str {
    match by {
        AgreedBy::Resident => "Ik zelf",
        AgreedBy::Parent => "Een ouder",
        AgreedBy::Representative => "Iemand die voor mij beslist",
    }
}

// Residents see neither how serious it counts nor the word for how often: FIELD.
fn comes(often: HowOften) -> &'static str {
    match often {
        HowOften::Quarter => "We komen ongeveer eens in de drie maanden langs.",
        HowOften::Month => "We komen ongeveer elke maand langs.",
        HowOften::Week => "We komen ongeveer elke week langs.",
        HowOften::WorkingDay => "We komen bijna elke dag even langs.",
    }
}

fn contact(kind: VisitKind, outcome: Outcome) -> String {
    let what = match (kind, outcome) {
        (VisitKind::Coffee, Outcome::Spoken) => "We dronken samen koffie.",
        (VisitKind::StairwellTalk, Outcome::Spoken) => "We spraken je bij de deur of in het trappenhuis.",
        (VisitKind::Phone, Outcome::Spoken) => "We belden met je.",
        (VisitKind::Together, Outcome::Spoken) => "We gingen samen naar een afspraak.",
        (VisitKind::WithPartner, Outcome::Spoken) => "We kwamen langs, samen met iemand van een andere organisatie.",
        (VisitKind::Aftercare, Outcome::Spoken) => "We kwamen vragen hoe het nu met je gaat.",
        (VisitKind::Activity, _) => "Je was bij een activiteit.",
        (VisitKind::Rang, Outcome::Spoken) => "We belden aan en spraken je.",
        (VisitKind::Phone, _) => "We belden je op. We konden je niet bereiken.",
        (_, Outcome::NotHome) => "We belden aan. Er was niemand thuis.",
        (_, Outcome::StayedShut) => "We belden aan. De deur bleef dicht.",
        (_, Outcome::Waved) => "We zwaaiden naar elkaar.",
        (_, Outcome::NoteLeft) => "We lieten een briefje achter.",
    };
    what.to_owned()
}

fn noticed(facts: &[Fact]) -> Option<String> {
    let facts: Vec<&str> = facts.iter().map(|one| fact(*one)).collect();
    (!facts.is_empty()).then(|| format!("We merkten: {}.", facts.join(", ")))
}

fn topic(tile: Tile) -> String {
    match tile {
        Tile::Alone => "alleen zijn".to_owned(),
        other => labels::tile(other).to_lowercase(),
    }
}

// To the one it is about, and not about them.
fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::MailPilesUp => "er lag veel post op de mat",
        Fact::ShuttersClosed => "het rolluik was overdag dicht",
        Fact::SmokeFromFood => "er was rook van eten",
        Fact::Shouting => "er werd hard gepraat of geschreeuwd",
        Fact::Confused => "je was in de war",
        Fact::Thinner => "je leek magerder",
        Fact::DoorOpen => "de deur stond open",
        Fact::Reminders => "er waren brieven over rekeningen die nog betaald moesten worden",
        Fact::NoHeating => "er was geen warmte of licht",
        Fact::NotSeen => "we zagen je een paar dagen niet",
    }
}

fn stage(stage: Option<Stage>, weeks: Option<u16>) -> String {
    match stage {
        None | Some(Stage::Released) => "De vraag ligt klaar.".to_owned(),
        Some(Stage::Sent) => "De vraag is verstuurd.".to_owned(),
        Some(Stage::Received) => "Ze hebben de vraag gekregen.".to_owned(),
        Some(Stage::TakenUp) => "Ze zijn ermee bezig.".to_owned(),
        Some(Stage::Started) => "De hulp is begonnen.".to_owned(),
        Some(Stage::Finished) => "De hulp is klaar.".to_owned(),
        Some(Stage::WaitingList) => match weeks {
            Some(1) => "Er is een wachtlijst van ongeveer 1 week.".to_owned(),
            Some(weeks) => format!("Er is een wachtlijst van ongeveer {weeks} weken."),
            None => "Er is een wachtlijst.".to_owned(),
        },
        Some(Stage::NotFound) => "We vonden nog geen hulp die past.".to_owned(),
        Some(Stage::Refused) => "Ze konden dit niet doen.".to_owned(),
        Some(Stage::DoesNotExist) => "Deze hulp is er hier niet.".to_owned(),
        Some(Stage::Unwanted) => "Je wilde deze hulp niet.".to_owned(),
    }
}

fn known(what: KnownKind) -> &'static str {
    match what {
        KnownKind::BackDoor => "We komen via de achterdeur",
        KnownKind::Dog => "Er is een hond",
        KnownKind::Interpreter => "Een tolk is fijn",
        KnownKind::Other => "We onthouden",
        KnownKind::ContactPerson => "We weten wie we mogen bellen als het misgaat",
        KnownKind::HasKey => "We weten wie er een sleutel heeft",
        KnownKind::Away => "Je bent weg",
        // Never shown: see `domain::showing`.
        KnownKind::InPairs | KnownKind::CallFirst | KnownKind::NotEvenings => "",
    }
}

fn stop(text: &str) -> String {
    if text.ends_with(['.', '!', '?', '’', '…']) { text.to_owned() } else { format!("{text}.") }
}
