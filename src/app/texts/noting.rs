//! What noting says: contacts, worries, small gestures, neighbours brought together, and what is not finished yet.

use chrono::{DateTime, Utc};

use crate::app::paths::{HalfDone, Path};
use crate::app::when;
use crate::domain::body::Ending;
use crate::domain::noting::{AtTie, Wrong, WrongTie};

say! {
    BSN_WHY = "Een BSN mag hier niet staan, ook niet als de bewoner het goed vindt. Is het een ander nummer, zoals een rekening? Zet dan het vinkje en sla opnieuw op.";
    NOT_BSN = "Dit is geen BSN";
    SAID_NOT_BSN = "Er staat een lang nummer in. De schrijver zegt: dit is geen BSN.";
    A_NUMBER = "Vul een getal in, zoals 12.";

    WHICH_DAY = "Wanneer was het?";
    WHICH_DAY_OWN = "Op welke dag was het?";
    FACTS_HINT = "Tik aan wat je zag. Mag leeg blijven.";
    ALSO = "Ook bij deze deuren";
    ALSO_WHICH = "Bij welke deuren was je nog meer?";
    ALSO_HINT = "Daar komt alleen te staan wat het was en hoe het ging. Je tekst blijft bij de eerste deur.";

    HIDDEN = "Deze deur is intussen weggehaald. Wat je opslaat, blijft bij de oude deur bewaard.";
    LEFT_ALONE = "Hier wil iemand geen contact. Daarom slaan we hier niets op. Je tekst staat er nog. Bespreek het met je leidinggevende.";

    WHOM = "Over wie gaat het?";
    WHO_LIVES_HERE = "Wie hier woont";
    THIS_PLACE = "Deze plek";
    SOMEBODY_ELSE = "Iemand anders (komt bij het portiek)";
    WHO_TAKES_IT = "Wie pakt het op?";
    I_DO = "Ik";
    NOBODY_YET = "Nog niemand";

    ACTIVITY = "Activiteit noteren";
    GESTURE = "Klein gebaar";
    GESTURE_ONE_TAP = "Wat deed je? Eén tik en het is bewaard.";
    GESTURE_OWN = "Iets anders";
    GESTURE_LABEL = "Wat deed je?";
    GESTURE_HINT = "Iets kleins. Geen diagnose, geen BSN.";

    TIE = "Buren samenbrengen";
    TIE_WHY = "Bij allebei de deuren komt te staan dat jij ze samenbracht. Niet met wie.";
    TIE_SEARCH = "Zoek een andere deur";
    TIE_SEARCH_HINT = "Straat en nummer. Leeg: de deuren van dit portiek.";
    TIE_OTHER = "Met welke deur?";
    TIE_WHAT = "Waarvoor?";
    TIE_WHAT_OWN = "Wat gaan ze samen doen?";
    TIE_WHAT_HINT = "Noem geen naam en geen nummer van de ander.";
    TIE_THIS = "Deze kant is gevraagd en wil het";
    TIE_OTHER_SIDE = "De andere kant is gevraagd en wil het";
    TIE_BOTH = "Willen ze het allebei?";

    CAME_OF = "Wat kwam ervan?";
    CAME_OF_LABEL = "Vertel het kort";
    CAME_OF_HINT = "Bijvoorbeeld: ze drinken nu elke week samen koffie.";
    ANSWER = "Beantwoorden";
    ANSWER_LABEL = "Jouw antwoord";
    ANSWER_HINT = "Je leidinggevende ziet dit bij de aantekening.";
    WITHDRAW = "Intrekken";
    WITHDRAW_TITLE = "Weet je het zeker?";
    WITHDRAW_WHY = "Dit telt dan niet meer mee. In het logboek blijft staan wat er stond, en dat jij het introk.";
    WITHDRAW_DO = "Ja, trek het in";
    SAVE = "Opslaan";
    VERSIONS = "Wat er eerder stond";
    NOW_SAYS = "Nu";

    DRAFTS = "Nog niet af";
    DRAFTS_WHY = "Hier begon je aan. Alles wat je typte, staat er nog. Het staat alleen op deze telefoon.";
    NO_DRAFTS = "Alles is af";
    NO_DRAFTS_WHY = "Er ligt niets half ingevuld op deze telefoon.";
    DRAFT_GO_ON = "Verder";
    DRAFT_DROP = "Weggooien";
    DRAFT_DROP_SURE = "Ja, gooi weg";
    DRAFT_DROP_WHY = "Wat je typte is dan echt weg.";
    DRAFT_KEEP = "Nee, bewaren";
    DRAFT_GONE = "Weggegooid.";
    DRAFT_OTHER = "Formulier";
}

/// When it was.
pub const DAYS: [&str; 3] = ["Vandaag", "Gisteren", "Kies een dag"];
/// When somebody comes back.
pub const BACK: [&str; 4] = ["Geen afspraak", "Morgen", "Volgende week", "Kies een dag"];
/// Next steps that come up most; the last is one of one's own.
pub const STEPS: [&str; 4] = ["Ik ga er zelf langs", "Bespreken met mijn leidinggevende", "Ik bel iemand", "Iets anders"];
/// Small gestures that come up most, each with its icon.
pub const GESTURES: [(&str, &str); 6] = [
    ("leaf", "Boodschap gedaan"),
    ("note", "Brief samen gelezen"),
    ("edit", "Formulier ingevuld"),
    ("phone", "Samen gebeld"),
    ("house", "Iets kleins gerepareerd"),
    ("users", "Meegelopen"),
];
/// What neighbours do together; the last is something of their own.
pub const TOGETHER: [&str; 5] = ["Koffie drinken", "Boodschappen", "Post en planten", "Wandelen", "Iets anders"];

/// What stands above the field.
#[must_use]
pub fn could_be_bsn(number: &str) -> String {
    format!("Dit lijkt op een BSN: {number}. Haal het weg, of zeg hieronder dat het geen BSN is.")
}

/// How long a contact was.
#[must_use]
pub fn how_long(minutes: u16) -> &'static str {
    match minutes {
        5 => "Even",
        15 => "Kwartier",
        30 => "Half uur",
        _ => "Uur of langer",
    }
}

/// The household ended while somebody was writing.
#[must_use]
pub fn ended(why: Ending) -> String {
    let what = match why {
        Ending::Moved => "verhuisd",
        Ending::Died => "overleden",
    };
    format!(
        "Een collega schreef intussen op: {what}. Wat je opslaat, blijft bij wie hier woonde. Wie hier nu woont, krijgt het niet."
    )
}

/// The door is another one now.
#[must_use]
pub fn replaced(door: &str) -> String {
    format!("Deze deur is vervangen. Wat je opslaat, hoort nu bij {door}.")
}

/// "Ineke (leidinggevende)".
#[must_use]
pub fn supervisor(name: &str) -> String {
    format!("{name} (leidinggevende)")
}

/// How long a signal is open.
#[must_use]
pub fn open_for(since: DateTime<Utc>) -> String {
    match (when::today() - when::day_of(since)).num_days() {
        ..=0 => "Staat open sinds vandaag".to_owned(),
        1 => "Staat 1 dag open".to_owned(),
        days => format!("Staat {days} dagen open"),
    }
}

/// What is wrong with a field of a contact or a worry.
#[must_use]
pub fn wrong(field: &str, wrong: Wrong) -> String {
    match (field, wrong) {
        ("op-dag", Wrong::Empty) => "Kies een dag.".to_owned(),
        _ => super::worker::wrong(field, wrong),
    }
}

/// What is wrong with neighbours brought together.
#[must_use]
pub fn wrong_tie(at: AtTie, wrong: WrongTie) -> &'static str {
    match (at, wrong) {
        (AtTie::Other, WrongTie::SameDoor) => "Dit is dezelfde deur. Kies een andere.",
        (AtTie::Other, _) => "Kies de andere deur.",
        (AtTie::What, WrongTie::Empty) => "Kies waarvoor, of schrijf het op.",
        (AtTie::What, WrongTie::TooLong) => super::faults::wrong(Wrong::TooLong),
        (AtTie::What, _) => "Hier staat een naam of een huisnummer in. Haal dat weg: de ander hoort niet in dit logboek.",
        (AtTie::ThisSide | AtTie::OtherSide, _) => "Vraag het eerst aan allebei. Zet daarna de vinkjes.",
    }
}

/// "Begonnen bij Lindehof 12, vandaag 14:03".
#[must_use]
pub fn kept(at: DateTime<Utc>) -> String {
    format!("Laatst getypt: {}", when::day_time(at))
}

/// "Nog niet af (2)".
#[must_use]
pub fn drafts(count: usize) -> String {
    format!("{DRAFTS} ({count})")
}

/// Which form lies half-written.
#[must_use]
pub fn half_done(half: &HalfDone) -> &'static str {
    match (half.form.as_str(), half.path) {
        ("contact", Some(Path::Complete(..))) => "Contact aanvullen",
        ("contact", _) => "Contact noteren",
        ("concern", _) => "Ik maak me zorgen",
        ("referral", _) => "Hulp vragen",
        ("apart", _) => "Gesloten logboek",
        ("tie", _) => TIE,
        ("gesture", _) => GESTURE,
        _ => DRAFT_OTHER,
    }
}
