//! What noting says: contacts, worries, small gestures, neighbours brought together, and what is not finished yet.

use chrono::{DateTime, Utc};

use crate::app::paths::{HalfDone, Path};
use crate::app::when;
use crate::domain::body::Ending;
use crate::domain::noting::{AtTie, Wrong, WrongTie};

say! {
    bsn_why = "Een BSN mag hier niet staan, ook niet als de bewoner het goed vindt. Is het een ander nummer, zoals een rekening? Zet dan het vinkje en sla opnieuw op.";
    not_bsn = "Dit is geen BSN";
    said_not_bsn = "Er staat een lang nummer in. De schrijver zegt: dit is geen BSN.";
    a_number = "Vul een getal in, zoals 12.";

    which_day = "Wanneer was het?";
    which_day_own = "Op welke dag was het?";
    facts_hint = "Tik aan wat je zag. Mag leeg blijven.";
    also = "Ook bij deze deuren";
    also_which = "Bij welke deuren was je nog meer?";
    also_hint = "Daar komt alleen te staan wat het was en hoe het ging. Je tekst blijft bij de eerste deur.";

    hidden = "Deze deur is intussen weggehaald. Wat je opslaat, blijft bij de oude deur bewaard.";
    left_alone = "Hier wil iemand geen contact. Daarom slaan we hier niets op. Je tekst staat er nog. Bespreek het met je leidinggevende.";

    whom = "Over wie gaat het?";
    who_lives_here = "Wie hier woont";
    this_place = "Deze plek";
    somebody_else = "Iemand anders (komt bij het portiek)";
    who_takes_it = "Wie pakt het op?";
    i_do = "Ik";
    nobody_yet = "Nog niemand";

    activity = "Activiteit noteren";
    gesture = "Klein gebaar";
    gesture_one_tap = "Wat deed je? Eén tik en het is bewaard.";
    gesture_own = "Iets anders";
    gesture_label = "Wat deed je?";
    gesture_hint = "Iets kleins. Geen diagnose, geen BSN.";

    tie = "Buren samenbrengen";
    tie_why = "Bij allebei de deuren komt te staan dat jij ze samenbracht. Niet met wie.";
    tie_search = "Zoek een andere deur";
    tie_search_hint = "Straat en nummer. Leeg: de deuren van dit portiek.";
    tie_other = "Met welke deur?";
    tie_what = "Waarvoor?";
    tie_what_own = "Wat gaan ze samen doen?";
    tie_what_hint = "Noem geen naam en geen nummer van de ander.";
    tie_this = "Deze kant is gevraagd en wil het";
    tie_other_side = "De andere kant is gevraagd en wil het";
    tie_both = "Willen ze het allebei?";

    came_of = "Wat kwam ervan?";
    came_of_label = "Vertel het kort";
    came_of_hint = "Bijvoorbeeld: ze drinken nu elke week samen koffie.";
    answer = "Beantwoorden";
    answer_label = "Jouw antwoord";
    answer_hint = "Je leidinggevende ziet dit bij de aantekening.";
    withdraw = "Intrekken";
    withdraw_title = "Weet je het zeker?";
    withdraw_why = "Dit telt dan niet meer mee. In het logboek blijft staan wat er stond, en dat jij het introk.";
    withdraw_do = "Ja, trek het in";
    save = "Opslaan";
    versions = "Wat er eerder stond";
    now_says = "Nu";

    drafts_words = "Nog niet af";
    drafts_why = "Hier begon je aan. Alles wat je typte, staat er nog. Het staat alleen op deze telefoon.";
    no_drafts = "Alles is af";
    no_drafts_why = "Er ligt niets half ingevuld op deze telefoon.";
    draft_go_on = "Verder";
    draft_drop = "Weggooien";
    draft_drop_sure = "Ja, gooi weg";
    draft_drop_why = "Wat je typte is dan echt weg.";
    draft_keep = "Nee, bewaren";
    draft_gone = "Weggegooid.";
    draft_other = "Formulier";
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
    format!("{} ({count})", drafts_words())
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
        ("tie", _) => tie(),
        ("gesture", _) => gesture(),
        _ => draft_other(),
    }
}
