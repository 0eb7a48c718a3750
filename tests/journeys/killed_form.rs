//! The browser is killed in the middle of each form: on restart the unfinished one is there, to the last keystroke but one, and is listed.

use chrono::Local;
use uuid::Uuid;
use waakvlam::domain::body::{
    Address, Concern, Gesture, Ground, Household, KnownBy, NoContact, Outcome, Party, Person, Place, PlaceKind, Referral, Review,
    Severity, Tile, Verdict, Visit, VisitKind, Who,
};
use waakvlam::domain::{EntryId, HouseholdId, PersonId, PlaceId, Subject};

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// What is typed a key at a time.
const WORDS: &str = "De brievenbus zit vol";

/// A form: its name in the list, how it is reached from a screen, and the field that is typed in.
struct Form {
    listed: &'static str,
    reach: &'static [&'static str],
    /// What is still to be tapped when somebody goes on with it.
    again: &'static [&'static str],
    field: &'static str,
}

const fn form(listed: &'static str, reach: &'static [&'static str], field: &'static str) -> Form {
    Form { listed, reach, again: &[], field }
}

/// The forms that are a screen.
const SCREENS: [Form; 10] = [
    form("Contact noteren", &["Contact noteren", "Meer invullen", "Koffie"], "Wat wil je onthouden?"),
    form("Ik maak me zorgen", &["Ik maak me zorgen", "Geld"], "Wat heb je gezien of gehoord?"),
    form("Ik maak me zorgen", &["Ik maak me zorgen", "Meldcode of zorgen over een kind"], "Wat heb je gezien of gehoord?"),
    form("Signaal verbeteren", &["Verbeteren: Ik maak me zorgen"], "Wat heb je gezien of gehoord?"),
    form("Hulp vragen", &["Hulp vragen bij …", "Welzijn"], "Dit krijgt de ander te lezen"),
    form("Klein gebaar", &["Klein gebaar"], "Wat deed je?"),
    form("Buren samenbrengen", &["Buren samenbrengen", "Iets anders"], "Wat gaan ze samen doen?"),
    form("Contact aanvullen", &["Aanvullen"], "Wat wil je onthouden?"),
    form("Goed om te weten", &["Iets erbij zetten", "Tolk nodig"], "Wat moet een collega weten?"),
    form("Vertel dat je iets opschrijft", &["Vertel dat je iets opschrijft", "Kan niet"], "Waarom kan het niet?"),
];

/// Types, and pulls the battery out at the last key.
async fn type_and_die(phone: &mut Phone, form: &Form) {
    let (before, last) = WORDS.split_at(WORDS.len() - 1);
    phone.put(form.field, "").await;
    phone.type_into(form.field, before).await;
    phone.kept().await;
    phone.type_into(form.field, last).await;
    phone.kill().await;
}

/// Opens the app again, and how many unfinished forms it says there are.
async fn start_again(phone: &mut Phone, phrase: &str) {
    phone.start().await;
    phone.go("/").await;
    phone.unlock(phrase).await;
}

/// From the list back to the form.
async fn go_on(phone: &Phone, form: &Form, place: &str) {
    phone.tap("Nog niet af (1)").await;
    phone.see(form.listed).await;
    phone.see(place).await;
    phone.see("Laatst getypt: vandaag").await;
    phone.tap(&format!("Verder: {}, {place}", form.listed)).await;
    for step in form.again {
        phone.tap(step).await;
    }
}

/// How many keystrokes are lost of what stands there now.
async fn lost(journey: &Journey, phone: &Phone, form: &Form) -> usize {
    phone.see_that(&format!("return !!field({0})?.value;", serde_json::json!(form.field)), "what was typed is there").await;
    let found = phone.in_field(form.field).await;
    assert!(WORDS.starts_with(&found) && found.len() + 1 >= WORDS.len(), "{}: {found:?}", form.listed);
    journey.note(&format!("{}: {} of {} keystrokes", form.listed, found.len(), WORDS.len()));
    WORDS.len() - found.len()
}

/// Thrown away by who wrote it, after being asked once more.
async fn throw_away(phone: &Phone) {
    phone.go_in_app("/nog-niet-af").await;
    phone.tap("Weggooien").await;
    phone.tap("Ja, gooi weg").await;
    phone.see("Alles is af").await;
    phone.see("Er ligt niets half ingevuld op deze telefoon.").await;
}

async fn where_it_is(phone: &Phone) -> String {
    phone.ask("return location.pathname;", Vec::new()).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_form_survives_a_killed_browser_to_the_last_keystroke_but_one() {
    let mut journey = Journey::begin("a killed form").await;
    let link = people::jamila(&journey.office).await;
    journey.office.open().await;
    let mut phone = journey.phone("jamila").await;
    let phrase = phone.enrol(&link).await;
    phone.see(DOOR).await;
    phone.see("Alles verstuurd").await;
    phone.wait_until_installed().await;
    journey.office.close();
    phone.offline().await;

    // A signal, so that help can be asked; the contact that can be added to is there.
    phone.at_door(DOOR).await;
    let door = where_it_is(&phone).await;
    phone.tap("Ik maak me zorgen").await;
    phone.tap("Geld").await;
    phone.tap("Kijken").await;
    phone.tap("Aanmaningen").await;
    phone.tap("Opslaan").await;
    phone.see("Opgeslagen op deze telefoon").await;

    let mut most = 0;
    for form in &SCREENS {
        phone.go_in_app(&door).await;
        for step in form.reach {
            phone.tap(step).await;
        }
        type_and_die(&mut phone, form).await;
        start_again(&mut phone, &phrase).await;
        phone.see("Dag Jamila").await;
        if form.listed == "Hulp vragen" {
            phone.see("Nog niet af (1)").await;
            phone.look("vandaag-nog-niet-af").await;
        }
        go_on(&phone, form, DOOR).await;
        most = most.max(lost(&journey, &phone, form).await);
        if form.listed == "Signaal verbeteren" {
            phone.look("signaal-verbeteren").await;
        }
        throw_away(&phone).await;
    }
    phone.look("nog-niet-af-leeg").await;
    phone.close().await;
    println!("killed form: forms={} lost_keystrokes_at_most={most}", SCREENS.len());
}

const HOME: &str = "Eikenhof 1";
const ALONE: &str = "Eikenhof 3";
const STAIRWELL: &str = "Portiek B";
const NAME: &str = "mevrouw Bakker";

/// Somebody at home with two signals, a gesture and a supervisor's question; somebody met in a stairwell; and a door not to ring at.
struct There {
    home: PlaceId,
    alone: PlaceId,
    met: HouseholdId,
    signal: EntryId,
}

fn worry(tile: Tile, severity: Severity) -> Concern {
    let (seen, empty) = ("Stapel post".to_owned(), String::new());
    let known_by = KnownBy::SawIt;
    let (thought, told_by, next_step) = (empty.clone(), empty.clone(), empty);
    Concern { tile, severity, facts: Vec::new(), seen, thought, known_by, told_by, owner: None, next_step, due: None }
}

async fn prepare(journey: &Journey) -> There {
    let place = |kind, name: &str, number| Place {
        kind,
        name: name.to_owned(),
        parent: None,
        floor: None,
        address: (kind == PlaceKind::Door).then(|| Address { street: "Eikenhof".to_owned(), number, ..Address::default() }),
    };
    let [home, alone, stairwell] = std::array::from_fn(|_| PlaceId(Uuid::new_v4()));
    let (lives, met, from) = (HouseholdId(Uuid::new_v4()), HouseholdId(Uuid::new_v4()), Local::now().date_naive());
    let person = Person { household: lives, role: Who::Resident, called: NAME.to_owned() };
    let said = vec![
        (Subject::Place(home), place(PlaceKind::Door, "1", 1).into()),
        (Subject::Place(alone), place(PlaceKind::Door, "3", 3).into()),
        (Subject::Place(stairwell), place(PlaceKind::Stairwell, STAIRWELL, 0).into()),
        (Subject::Household(lives), Household { door: home, from }.into()),
        (Subject::Person(PersonId(Uuid::new_v4())), person.into()),
        (Subject::Household(met), Household { door: stairwell, from }.into()),
        (Subject::Place(alone), NoContact { household: None }.into()),
        (Subject::Household(lives), Visit::tile(VisitKind::Coffee, Outcome::Spoken).into()),
        (Subject::Household(lives), Gesture { what: "Lamp vervangen".to_owned() }.into()),
        (Subject::Household(lives), worry(Tile::Health, Severity::Now).into()),
        (Subject::Household(lives), worry(Tile::Money, Severity::Watch).into()),
    ];
    let ids = journey.office.write("jamila.k", said).await;
    let (visit, urgent, signal) = (ids[7], ids[9], ids[10]);
    let help = Referral {
        of: signal,
        party: Party::DebtHelp,
        shared: "Stapel post".to_owned(),
        agreed: None,
        ground: Some(Ground::VitalInterest),
    };
    journey.office.write("jamila.k", vec![(Subject::Household(lives), help.into())]).await;
    let question = |of, text: &str| Review { of, verdict: Verdict::Question(text.to_owned()) };
    let asked = vec![
        (Subject::Household(lives), question(visit, "Hoe ging het?").into()),
        (Subject::Household(lives), Review { of: urgent, verdict: Verdict::Seen }.into()),
    ];
    journey.office.write("ineke.v", asked).await;
    There { home, alone, met, signal }
}

#[tokio::test]
async fn what_is_asked_in_a_dialog_and_what_a_resident_says_survives_it_too() {
    let mut journey = Journey::begin("a killed dialog").await;
    let link = people::jamila(&journey.office).await;
    let ineke_link = people::ineke(&journey.office);
    let there = prepare(&journey).await;
    journey.office.open().await;
    let mut jamila = journey.phone("jamila").await;
    let phrase = jamila.enrol(&link).await;
    jamila.see(HOME).await;
    jamila.see("Alles verstuurd").await;
    jamila.wait_until_installed().await;
    let mut ineke = journey.phone("ineke").await;
    let hers = ineke.enrol(&ineke_link).await;
    ineke.see("Signalen").await;
    ineke.see("Alles verstuurd").await;
    ineke.wait_until_installed().await;
    journey.office.close();
    jamila.offline().await;
    ineke.offline().await;

    let (home, alone, met) =
        (format!("/deur/{}", there.home), format!("/deur/{}", there.alone), format!("/bewoning/{}", there.met));
    let looks = ["Laat zien aan de bewoner", "mevrouw Bakker, bewoner", "Laat zien", "Klopt niet"];
    let [show, who, begin, _] = looks;
    let shares: &[&str] =
        &["Laat zien aan de bewoner", "mevrouw Bakker, bewoner", "Laat zien", "Wat mogen we met anderen delen?"];
    let (close, call) = ("Wat kwam ervan?", "Naam of nummer");
    let asked: Vec<(&str, &str, Form)> = vec![
        (&met, STAIRWELL, form("Ik maak me zorgen", &["Ik maak me zorgen"], "Wat heb je gezien of gehoord?")),
        (&home, HOME, form("Signaal afsluiten", &["Afsluiten"], close)),
        (&home, HOME, form("Gebeld over een signaal", &["Ik heb gebeld"], call)),
        (&home, HOME, form("Wat kwam ervan?", &["Wat kwam ervan?: Klein gebaar"], "Vertel het kort")),
        (&home, HOME, form("Beantwoorden", &["Beantwoorden"], "Jouw antwoord")),
        (&alone, ALONE, form("“Niet aanbellen” klopt niet meer", &["Klopt niet meer"], "Waarom niet?")),
    ];
    let mut most = 0;
    for (from, place, form) in &asked {
        jamila.go_in_app(from).await;
        for step in form.reach {
            jamila.tap(step).await;
        }
        type_and_die(&mut jamila, form).await;
        start_again(&mut jamila, &phrase).await;
        jamila.see("Dag Jamila").await;
        go_on(&jamila, form, place).await;
        most = most.max(lost(&journey, &jamila, form).await);
        throw_away(&jamila).await;
    }

    // Beside the resident: the app is locked after it, and what they said is there for nobody else.
    let field = "Wat klopt er niet?";
    let disputes = Form { listed: "Klopt niet, zegt de bewoner", reach: &[], again: &[], field };
    let consents = Form { listed: "Wat we mogen delen", reach: &[], again: &[], field: "Wat zei je precies?" };
    for (form, reach) in [(&disputes, looks.as_slice()), (&consents, shares)] {
        jamila.go_in_app(&home).await;
        for step in reach {
            jamila.tap(step).await;
        }
        type_and_die(&mut jamila, form).await;
        jamila.start().await;
        jamila.go(&home).await;
        jamila.see("Je vijf woorden").await;
        let words = jamila.words().await;
        assert!(!words.contains("brievenbus") && !words.contains(HOME), "a locked phone shows what was said: {words}");
        jamila.unlock(&phrase).await;
        jamila.see(HOME).await;
        jamila.go_in_app("/").await;
        go_on(&jamila, form, HOME).await;
        jamila.see("Hier was je bezig. Wat je typte, staat er nog.").await;
        if form.listed == disputes.listed {
            jamila.look("laat-zien-niet-af").await;
            jamila.tap("Wie hier woont").await;
            jamila.tap(begin).await;
            jamila.see("Dit staat er over wie hier woont").await;
            jamila.tap("Klopt niet").await;
            jamila.type_into(field, "x").await;
            assert_eq!(jamila.in_field(field).await, "x", "what one of them said is shown to another");
            jamila.tap("Toch niet").await;
            jamila.kept().await;
            jamila.tap("Klaar: app op slot").await;
            jamila.unlock(&phrase).await;
            jamila.tap(show).await;
        }
        jamila.tap(who).await;
        jamila.tap(begin).await;
        most = most.max(lost(&journey, &jamila, form).await);
        if form.listed == disputes.listed {
            // Given up beside them, it is nowhere.
            jamila.tap("Toch niet").await;
            jamila.kept().await;
        }
        jamila.tap("Klaar: app op slot").await;
        jamila.unlock(&phrase).await;
        jamila.see(HOME).await;
        if form.listed == disputes.listed {
            jamila.go_in_app("/nog-niet-af").await;
            jamila.see("Alles is af").await;
        } else {
            throw_away(&jamila).await;
        }
    }
    jamila.close().await;

    // The supervisor, who has no Vandaag.
    let entry = format!("/binnengekomen/{}", there.signal);
    let questions = [
        form("Vraag stellen", &["Vraag stellen"], "Je vraag"),
        form("Delen zonder toestemming", &["Ja, delen mag"], "Waarom mag het gedeeld worden?"),
    ];
    for form in &questions {
        ineke.go_in_app(&entry).await;
        for step in form.reach {
            ineke.tap(step).await;
        }
        type_and_die(&mut ineke, form).await;
        start_again(&mut ineke, &hers).await;
        ineke.see("Signalen").await;
        ineke.go_in_app("/versturen").await;
        go_on(&ineke, form, HOME).await;
        most = most.max(lost(&journey, &ineke, form).await);
        throw_away(&ineke).await;
    }
    ineke.close().await;
    println!("killed form: forms={} lost_keystrokes_at_most={most}", asked.len() + 2 + questions.len());
}
