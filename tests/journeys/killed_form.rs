//! The browser is killed in the middle of each form: on restart the unfinished one is there, to the last keystroke but one, and is listed.

use crate::support::neighbourhood::DOOR;
use crate::support::phone::Phone;
use crate::support::{Journey, people};

/// What is typed a key at a time.
const WORDS: &str = "De brievenbus zit vol";

/// A form: its name in the list, how it is reached from the door, and the field that is typed in.
struct Form {
    listed: &'static str,
    reach: &'static [&'static str],
    field: &'static str,
}

const FORMS: [Form; 7] = [
    Form { listed: "Contact noteren", reach: &["Contact noteren", "Meer invullen", "Koffie"], field: "Wat wil je onthouden?" },
    Form { listed: "Ik maak me zorgen", reach: &["Ik maak me zorgen", "Geld"], field: "Wat heb je gezien of gehoord?" },
    Form {
        listed: "Ik maak me zorgen",
        reach: &["Ik maak me zorgen", "Meldcode of zorgen over een kind"],
        field: "Wat heb je gezien of gehoord?",
    },
    Form { listed: "Hulp vragen", reach: &["Hulp vragen bij …", "Welzijn"], field: "Dit krijgt de ander te lezen" },
    Form { listed: "Klein gebaar", reach: &["Klein gebaar"], field: "Wat deed je?" },
    Form { listed: "Buren samenbrengen", reach: &["Buren samenbrengen", "Iets anders"], field: "Wat gaan ze samen doen?" },
    Form { listed: "Contact aanvullen", reach: &["Aanvullen"], field: "Wat wil je onthouden?" },
];

/// Types, and pulls the battery out at the last key.
async fn type_and_die(phone: &mut Phone, form: &Form) {
    let (before, last) = WORDS.split_at(WORDS.len() - 1);
    phone.put(form.field, "").await;
    for key in before.chars() {
        phone.type_into(form.field, &key.to_string()).await;
    }
    phone.kept().await;
    phone.type_into(form.field, last).await;
    phone.kill().await;
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

    // A signal, so that help can be asked; a contact, so that it can be added to.
    phone.at_door(DOOR).await;
    phone.tap("Ik maak me zorgen").await;
    phone.tap("Geld").await;
    phone.tap("Kijken").await;
    phone.tap("Aanmaningen").await;
    phone.tap("Opslaan").await;
    phone.see("Opgeslagen op deze telefoon").await;

    let mut lost = 0;
    for form in &FORMS {
        phone.at_door(DOOR).await;
        for step in form.reach {
            phone.tap(step).await;
        }
        type_and_die(&mut phone, form).await;
        phone.start().await;
        phone.go("/").await;
        phone.unlock(&phrase).await;
        phone.see("Dag Jamila").await;
        phone.go_in_app("/versturen").await;
        phone.tap("Nog niet af (1)").await;
        phone.see(form.listed).await;
        phone.see(DOOR).await;
        phone.see("Laatst getypt: vandaag").await;
        if form.listed == "Hulp vragen" {
            phone.look("nog-niet-af").await;
        }
        phone.tap(&format!("Verder: {}, {DOOR}", form.listed)).await;
        phone.see_that(&format!("return !!field({});", serde_json::json!(form.field)), "the form is there").await;
        phone
            .see_that(&format!("return field({}).value !== '';", serde_json::json!(form.field)), "what was typed is there")
            .await;
        let found = phone.in_field(form.field).await;
        assert!(WORDS.starts_with(&found) && found.len() + 1 >= WORDS.len(), "{}: {found:?}", form.listed);
        lost = lost.max(WORDS.len() - found.len());
        journey.note(&format!("{}: {} of {} keystrokes", form.listed, found.len(), WORDS.len()));
        // Thrown away by who wrote it, after being asked once more.
        phone.go_in_app("/nog-niet-af").await;
        phone.tap("Weggooien").await;
        phone.tap("Ja, gooi weg").await;
        phone.see("Alles is af").await;
        phone.see("Er ligt niets half ingevuld op deze telefoon.").await;
    }
    phone.look("nog-niet-af-leeg").await;
    phone.close().await;
    println!("killed form: forms={} lost_keystrokes_at_most={lost}", FORMS.len());
}
