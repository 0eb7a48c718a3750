//! What the worker's screens say: why a door is on the list, how an entry reads, what stands above a field.

use chrono::NaiveDate;

use crate::app::desk::Overview;
use crate::app::when;
use crate::domain::agenda::Why;
use crate::domain::body::{HowOften, Severity, Tile};
use crate::domain::caseload::VisitState;
use crate::domain::noting::Wrong;
use crate::domain::{EntryId, UserId};

use super::labels;

say! {
    today = "Vandaag", "Today";
    doors_words = "Deuren", "Doors";
    inbox = "Binnengekomen", "Inbox";
    users = "Gebruikers", "Users";
    to_content = "Naar de inhoud", "To the content";
    cover = "Afdekken", "Cover";
    lock = "Op slot doen", "Lock";
    menu = "Menu", "Menu";
    explanation = "Wat schrijven we op, wat nooit, wie leest mee?", "What do we write down, what never, who can read it?";
    slogan = "Goed voor de buurt, ook zonder internet.", "Good for the neighbourhood, also without internet.";

    today_rows = "Vandaag langs", "To visit today";
    nothing_today = "Vandaag hoeft er niets", "Nothing has to be done today";
    see_doors = "Bekijk de deuren", "Look at the doors";
    see_signal = "Bekijk dit signaal", "Look at this signal";
    time_left = "Tijd over?", "Time left?";
    last_been = "Laatst geweest", "Last visited";

    quick_note = "Snel noteren", "Quick note";
    which_door = "Bij welke deur?", "At which door?";
    one_tap = "Eén tik en het is bewaard.", "One tap and it is saved.";
    worried = "Ik maak me zorgen", "I am worried";
    done = "Klaar", "Done";
    another_door = "Nog een deur", "One more door";
    other_door = "Andere deur", "Other door";
    see_door = "Bekijk deze deur", "Look at this door";
    fill_in_more = "Meer invullen", "Fill in more";
    undo = "Ongedaan maken", "Undo";
    complete = "Aanvullen", "Add to it";
    begin_again = "Opnieuw beginnen", "Start again";
    save = "Opslaan", "Save";
    back = "Terug", "Back";

    act_now = "Doe nu iets", "Act now";
    more_numbers = "Meer nummers", "More numbers";
    i_called = "Ik heb gebeld", "I called";
    whom_called = "Met wie heb je gebeld?", "Whom did you call?";
    name_or_number = "Naam of nummer", "Name or number";
    called_hint = "Bijvoorbeeld: 112, of de naam van je leidinggevende. De tijd komt er vanzelf bij.", "For example: 112, or the name of your supervisor. The time is added by itself.";
}

/// "Dag Jamila".
#[must_use]
pub fn good_day(first_name: &str) -> String {
    tell!("Dag {first_name}", "Hello {first_name}")
}

/// "Laatst: gisteren, koffie".
#[must_use]
pub fn last(visit: &str) -> String {
    tell!("Laatst: {visit}", "Last: {visit}")
}

/// "Nog 6 deuren".
#[must_use]
pub fn more_doors(count: usize) -> String {
    if count == 1 { both!("Nog 1 deur", "1 more door").to_owned() } else { tell!("Nog {count} deuren", "{count} more doors") }
}

/// "Bel nu over Lindehof 12."
#[must_use]
pub fn call_about(place: &str) -> String {
    tell!("Bel nu over {place}.", "Call now about {place}.")
}

/// "Nummers laatst gecontroleerd: gisteren".
#[must_use]
pub fn numbers_checked(day: NaiveDate) -> String {
    tell!("Nummers laatst gecontroleerd: {}", "Numbers last checked: {}", when::day(day))
}

/// "Vandaag, 14:03. Wordt vanzelf verstuurd zodra er internet is."
#[must_use]
pub fn saved_at(time: &str, next: &str) -> String {
    tell!("Vandaag, {time}. {next}", "Today, {time}. {next}")
}

/// It is on the phone's disk.
#[must_use]
pub fn saved() -> &'static str {
    both!("Opgeslagen op deze telefoon", "Saved on this phone")
}

/// What happens with it next.
#[must_use]
pub fn goes_by_itself() -> &'static str {
    both!("Wordt vanzelf verstuurd zodra er internet is.", "It is sent by itself as soon as there is internet.")
}

/// It was taken back.
#[must_use]
pub fn undone() -> &'static str {
    both!("Ongedaan gemaakt. In het logboek staat dat het niet telt.", "Undone. The journal says that it does not count.")
}

/// An urgent signal that has not left the phone.
#[must_use]
pub fn only_here() -> &'static str {
    both!("Alleen op deze telefoon. Niemand weet dit nog. Bel.", "Only on this phone. Nobody knows this yet. Call.")
}

/// An urgent signal that is still being written.
#[must_use]
pub fn call_first() -> &'static str {
    both!("Niemand weet dit nog. Bel eerst, opslaan kan daarna.", "Nobody knows this yet. Call first, you can save afterwards.")
}

/// Above the errors of a form.
#[must_use]
pub fn not_right_yet() -> &'static str {
    both!("Dit klopt nog niet", "This is not right yet")
}

/// A draft was found.
#[must_use]
pub fn went_on() -> &'static str {
    both!("Dit was nog niet af. Je kunt verder waar je was.", "This was not finished yet. You can go on where you were.")
}

/// How to write about people.
#[must_use]
pub fn no_diagnosis() -> &'static str {
    both!(
        "Schrijf op wat je zag of hoorde. Geen diagnose, geen BSN.",
        "Write down what you saw or heard. No diagnosis, no BSN (citizen service number)."
    )
}

/// Nothing on the list.
#[must_use]
pub fn free_day() -> &'static str {
    both!("Mooi moment om gewoon ergens aan te bellen.", "A good moment to just ring a bell somewhere.")
}

/// No door behind this address.
#[must_use]
pub fn no_door() -> &'static str {
    both!(
        "Deze deur staat niet op deze telefoon. Zoek hem bij Deuren.",
        "This door is not on this phone. Look for it under Doors."
    )
}

/// Somebody has to choose between two versions.
#[must_use]
pub fn two_versions() -> &'static str {
    both!(
        "Twee mensen hebben dit veranderd. Ze wisten het niet van elkaar. Kies wat klopt. Er is niets kwijt.",
        "Two people changed this. They did not know of each other. Choose what is right. Nothing is lost."
    )
}

/// Opens what can be changed of a signal.
#[must_use]
pub fn change() -> &'static str {
    both!("Wijzigen", "Change")
}

/// Makes a signal mine.
#[must_use]
pub fn take_on() -> &'static str {
    both!("Ik pak dit op", "I take this on")
}

/// Closing did not close: there was more than its writer had seen.
#[must_use]
pub fn close_proposed() -> &'static str {
    both!(
        "Iemand wilde dit afsluiten. Maar er was meer, en dat zag die persoon nog niet. Kan het toch dicht? Tik dan om af te sluiten.",
        "Somebody wanted to close this. But there was more, and they did not see it yet. Can it be closed all the same? Then tap to close."
    )
}

/// Somebody was added.
#[must_use]
pub fn person_added() -> &'static str {
    both!("Opgeslagen op deze telefoon. De bewoner staat erbij.", "Saved on this phone. The resident was added.")
}

/// It was agreed how often to come by.
#[must_use]
pub fn rhythm_set() -> &'static str {
    both!("Opgeslagen op deze telefoon. De afspraak is veranderd.", "Saved on this phone. What was agreed has changed.")
}

/// Where a signal about the building goes.
#[must_use]
pub fn about_building() -> &'static str {
    both!(
        "Komt bij het portiek te staan, niet bij een deur. Eén tik en het is opgeslagen.",
        "It is kept with the stairwell, not with a door. One tap and it is saved."
    )
}

/// The first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The first letter as a small one.
#[must_use]
pub fn small(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// Why a door is on today's list: an icon and a sentence.
#[must_use]
pub fn why(why: &Why, overview: &Overview, me: UserId, last: Option<NaiveDate>) -> (&'static str, String) {
    let caseload = &overview.caseload;
    let name = |user: UserId| overview.name(user).unwrap_or_else(|| super::day::a_colleague().to_owned());
    let author = |of: &EntryId| caseload.entries.get(of).map(|entry| entry.author).filter(|author| *author != me);
    match why {
        Why::Call(_) => ("phone", both!("Bel nu: dit kan niet wachten", "Call now: this can’t wait").to_owned()),
        Why::Promise { day, of, tried } => {
            let by = author(of).map_or_else(String::new, |author| tell!(" door {}", " by {}", name(author)));
            let tried = match tried {
                0 => String::new(),
                1 => both!(", al 1 keer geprobeerd", ", tried once").to_owned(),
                tried => tell!(", al {tried} keer geprobeerd", ", tried {tried} times"),
            };
            ("calendar", tell!("Beloofd{by} voor {}{tried}", "Promised{by} for {}{tried}", when::day(*day)))
        }
        Why::Concern(id) => {
            let concern = caseload.concerns.get(id);
            let written = concern.and_then(|concern| concern.entry.payload.as_ref()).map(|payload| payload.written_at);
            let days = written.map_or(0, |at| (when::today() - when::day_of(at)).num_days());
            let owner = concern.map(|concern| concern.owner.latest().unwrap_or(concern.entry.author));
            let whose = owner.filter(|owner| *owner != me).map_or_else(
                || both!("Jouw signaal", "Your signal").to_owned(),
                |owner| tell!("Signaal van {}", "Signal of {}", name(owner)),
            );
            let text = match days {
                ..=0 => tell!("{whose} van vandaag", "{whose}, from today"),
                1 => tell!("{whose} staat 1 dag open", "{whose}, open for 1 day"),
                days => tell!("{whose} staat {days} dagen open", "{whose}, open for {days} days"),
            };
            ("alert", text)
        }
        Why::Question(by) => {
            let asked = author(by).map_or_else(String::new, |author| tell!(" van {}", " from {}", name(author)));
            ("question", tell!("Vraag{asked}: geef antwoord", "Question{asked}: please answer"))
        }
        Why::Help(of) => {
            let text = match caseload.referrals.get(of) {
                Some(help) if !help.is_free() => {
                    both!("Hulp gevraagd: wacht op je leidinggevende", "Help asked for: waits for your supervisor")
                }
                Some(help) if help.stage().is_none() => {
                    both!("Hulp gevraagd: nog niet verstuurd", "Help asked for: not sent yet")
                }
                _ => both!("Hulp gevraagd: nog niet begonnen, vraag ernaar", "Help asked for: not started yet, ask about it"),
            };
            ("send", text.to_owned())
        }
        Why::Tell => ("note", both!("Nog vertellen dat ik iets opschrijf", "Still to tell that I write things down").to_owned()),
        Why::Rhythm(how_often) => {
            let rhythm = labels::how_often(*how_often);
            let text = last.map_or_else(
                || tell!("Nog niemand gesproken. Afspraak: {rhythm}.", "Spoke to nobody yet. Agreed: {rhythm}."),
                |day| {
                    tell!(
                        "Lang niet gesproken. Laatste keer geprobeerd: {}. Afspraak: {rhythm}.",
                        "Not spoken for long. Last tried: {}. Agreed: {rhythm}.",
                        when::ago(day)
                    )
                },
            );
            ("clock", text)
        }
        Why::Walk(count) => {
            let text = tell!(
                "Loop hier eens langs. Bij {} hebben we nog niemand gesproken.",
                "Come by here some time. At {} we have not spoken to anybody yet.",
                doors(*count)
            );
            ("stairs", text)
        }
    }
}

/// "Dinsdag, koffie".
#[must_use]
pub fn visit_short(visit: &VisitState) -> String {
    let what = labels::contact(visit.visit.kind, visit.visit.outcome);
    format!("{}, {}", when::day(when::day_of(visit.when())), small(&what))
}

/// "Geld, bespreken".
#[must_use]
pub fn concern(tile: Tile, severity: Severity) -> String {
    format!("{}, {}", labels::tile(tile), labels::severity(severity).to_lowercase())
}

/// "Verander in: nu".
#[must_use]
pub fn make_it(severity: Severity) -> String {
    tell!("Verander in: {}", "Change to: {}", labels::severity(severity).to_lowercase())
}

/// "6 deuren".
#[must_use]
pub fn doors(count: usize) -> String {
    if count == 1 { both!("1 deur", "1 door").to_owned() } else { tell!("{count} deuren", "{count} doors") }
}

/// "nummers 2 tot 12".
#[must_use]
pub fn numbers(first: u32, last: u32) -> String {
    if first == last {
        tell!("nummer {first}", "number {first}")
    } else {
        tell!("nummers {first} tot {last}", "numbers {first} to {last}")
    }
}

/// "Elke maand", or that nobody agreed on it.
#[must_use]
pub fn how_often(how_often: Option<HowOften>) -> String {
    how_often
        .map_or_else(|| both!("Geen afspraak", "Nothing agreed").to_owned(), |how_often| capital(labels::how_often(how_often)))
}

/// What is wrong with a field, above it and in the summary. A few fields say it in their own words.
#[must_use]
pub fn wrong(field: &str, wrong: Wrong) -> String {
    match (field, wrong) {
        ("soort", Wrong::Empty) => both!("Kies wat het was.", "Choose what it was."),
        ("uitkomst", Wrong::Empty) => both!("Kies hoe het ging.", "Choose how it went."),
        ("thema", Wrong::Empty) => both!("Kies waarover het gaat.", "Choose what it is about."),
        ("ernst", Wrong::Empty) => both!("Kies hoe ernstig het is.", "Choose how serious it is."),
        ("datum", Wrong::Empty) => both!("Kies op welke dag je terugkomt.", "Choose on which day you come back."),
        ("dag", Wrong::Empty) => both!("Kies een dag.", "Choose a day."),
        ("mensen", Wrong::Empty) => both!("Vul een getal in, zoals 12.", "Fill in a number, such as 12."),
        _ => super::faults::wrong(wrong),
    }
    .to_owned()
}
