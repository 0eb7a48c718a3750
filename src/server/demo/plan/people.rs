//! Who lives behind a door, as far as a text must fit them.

use chrono::{Datelike as _, NaiveDate};
use rand::Rng as _;

use super::book::Book;
use crate::domain::body::{Visit, VisitKind, Who};

/// The stage of life of a household.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Life {
    Single,
    Couple,
    SmallChildren,
    Teenager,
    Old,
}

/// Who opens the door.
#[derive(Clone, Copy)]
pub struct Persona {
    pub woman: bool,
    pub life: Life,
    /// A child to speak of: a daughter (`true`) or a son.
    pub daughter: Option<bool>,
    /// How often somebody opens.
    pub opens: f64,
}

impl Persona {
    pub fn draw(book: &mut Book) -> Self {
        let life = book
            .weighed(&[(Life::Single, 30), (Life::Couple, 14), (Life::SmallChildren, 18), (Life::Teenager, 12), (Life::Old, 26)])
            .unwrap_or(Life::Single);
        let daughter = match life {
            Life::Single | Life::Couple => None,
            Life::Old if book.chance(0.25) => None,
            _ => Some(book.chance(0.5)),
        };
        let opens = match life {
            Life::Old => book.rng.random_range(0.62..0.85),
            Life::SmallChildren | Life::Teenager => book.rng.random_range(0.5..0.72),
            Life::Single | Life::Couple => book.rng.random_range(0.4..0.68),
        };
        Self { woman: book.chance(0.55), life, daughter, opens }
    }

    /// Whether a text can be about this household.
    pub fn fits(&self, text: &str) -> bool {
        let lower = text.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphabetic()).collect();
        let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
        let she = has(&["zij", "ze", "haar", "mevrouw", "moeder", "naaister"]);
        let he = has(&["hij", "zijn", "hem", "meneer"]);
        if (she && !self.woman) || (he && !she && self.woman) {
            return false;
        }
        if (has(&["man"]) && !(self.woman && self.life == Life::Old)) || (has(&["vrouw"]) && self.woman) {
            return false;
        }
        let needs_old = has(&["kleinkinderen", "rollator", "thuiszorg", "fabriek", "naaister", "kerst"]);
        if needs_old {
            return self.life == Life::Old;
        }
        if has(&["baby", "luiers", "kinderen", "tekenen", "schoolreis"]) {
            return self.life == Life::SmallChildren && self.child_fits(&words);
        }
        if has(&["vijftien", "zeventien", "geslaagd", "jongen"]) {
            let son = has(&["zoon", "jongen"]);
            return self.life == Life::Teenager && self.daughter == Some(!son);
        }
        if has(&["school", "oppas", "kind"]) {
            return matches!(self.life, Life::SmallChildren | Life::Teenager) && self.child_fits(&words);
        }
        if text.starts_with("De moeder") {
            return matches!(self.life, Life::SmallChildren | Life::Teenager);
        }
        if has(&["zoon", "dochter", "moeder"]) {
            return self.life == Life::Old && self.child_fits(&words);
        }
        if has(&["partner"]) {
            return self.life == Life::Couple;
        }
        !(self.life == Life::Old && has(&["werk", "werkt", "ploegendienst", "opleiding", "fiets"]))
    }

    fn child_fits(&self, words: &[&str]) -> bool {
        let daughter = words.contains(&"dochter");
        let son = words.contains(&"zoon") || words.contains(&"jongen");
        match self.daughter {
            Some(true) => !son,
            Some(false) => !daughter,
            None => !son && !daughter,
        }
    }
}

/// Whether a text goes with the building: a gallery has no `portiek`, and the other way round.
pub fn fits_building(entrance: usize, text: &str) -> bool {
    let gallery = (3..6).contains(&entrance);
    let stairwell = entrance < 3 || (6..9).contains(&entrance);
    (gallery || !text.contains("alerij")) && (stairwell || !text.contains("ortiek"))
}

/// Whether a note can come from a contact of this kind.
pub fn note_fits(kind: VisitKind, note: &str) -> bool {
    let has = |any: &[&str]| any.iter().any(|part| note.contains(part));
    let wanted = if note.starts_with("Telefonisch") {
        Some(VisitKind::Phone)
    } else if has(&["Meegegaan", "rondje naar de vijver"]) {
        Some(VisitKind::Together)
    } else if has(&["Koffie", "Thee", "tafel", "Soep", "boterham", "binnen geweest", "thermostaat"]) {
        Some(VisitKind::Coffee)
    } else if has(&["portiek", "trap te wachten", "op weg naar", "kwam naar beneden", "drie bewoners"]) {
        Some(VisitKind::StairwellTalk)
    } else if has(&["an de deur", "deur op een kier", "Had bezoek"]) {
        Some(VisitKind::Rang)
    } else {
        None
    };
    match (wanted, kind) {
        (Some(wanted), kind) => wanted == kind,
        (None, VisitKind::Phone) => {
            ["Vertelt", "Zegt dat", "Gaat ", "Slaapt", "Mist", "Nog geen"].iter().any(|s| note.starts_with(s))
        }
        (None, VisitKind::Together) => has(&["Formulier", "Samen gebeld"]),
        (None, _) => true,
    }
}

/// Whether a text belongs to the time of year.
pub fn in_season(text: &str, day: NaiveDate) -> bool {
    const SEASONS: &[(&str, &[u32])] = &[
        ("in de zon", &[4, 5, 6, 7, 8, 9]),
        ("vakantie", &[7, 8, 9]),
        ("twee weken weg", &[6, 7, 8]),
        ("voorjaar", &[2, 3]),
        ("moestuin", &[3, 4, 5, 6, 7, 8, 9]),
        ("Moestuin", &[8, 9]),
        ("met dit weer", &[11, 12, 1, 2]),
        ("verwarming", &[10, 11, 12, 1, 2, 3]),
        ("Verwarming", &[10, 11, 12, 1, 2, 3]),
        ("kou gehad", &[11, 12, 1, 2]),
        ("thermostaat", &[10, 11, 12, 1, 2, 3]),
        ("met zout", &[12, 1, 2]),
        ("zomertijd", &[4]),
        ("opruimdag", &[4, 5, 9, 10]),
        ("Opruimdag", &[4, 5, 9, 10]),
        ("buurtbarbecue", &[5, 6, 7]),
        ("Burendag", &[9]),
        ("geslaagd", &[6]),
        ("in maart", &[4, 5, 6]),
        ("sinds januari", &[1, 2, 3, 4, 5]),
        ("met kerst", &[1, 2, 3]),
        ("in het voorjaar", &[7, 8, 9, 10]),
        ("was de was", &[4, 5, 6, 7, 8, 9]),
        ("regen", &[1, 2, 3, 4, 9, 10, 11, 12]),
        ("Plantjesruil", &[4, 5]),
    ];
    SEASONS.iter().filter(|(part, _)| text.contains(part)).all(|(_, months)| months.contains(&day.month()))
}

/// With whom, where the note says so.
pub fn who_in(note: &str, persona: &Persona) -> Option<Who> {
    let starts = |any: &[&str]| any.iter().any(|part| note.contains(part));
    if starts(&["Sprak met de zoon", "Zoon deed open", "Dochter was er"]) {
        Some(Who::Child)
    } else if starts(&["Buurvrouw zegt"]) {
        Some(Who::Neighbour)
    } else if note.is_empty() && persona.life == Life::Couple {
        Some(Who::Partner)
    } else {
        Some(Who::Resident)
    }
}

/// How many people a note of an activity speaks of.
pub fn heads_in(note: &str) -> Option<u16> {
    const NUMBERS: &[(&str, u16)] =
        &[("twaalf", 12), ("zestien", 16), ("negen", 9), ("acht ", 8), ("tien ", 10), ("elf ", 11), ("zes ", 6), ("vijf ", 5)];
    NUMBERS.iter().find(|(word, _)| note.contains(word)).map(|(_, heads)| *heads)
}

/// What an attempt's note says came of it.
pub fn attempt_in(note: &str) -> Visit {
    use crate::domain::body::Outcome;
    let has = |any: &[&str]| any.iter().any(|part| note.contains(part));
    let (kind, outcome) = if has(&["Voicemail", "Gebeld"]) {
        (VisitKind::Phone, Outcome::NotHome)
    } else if has(&["Later gezwaaid", "Gezwaaid"]) {
        (VisitKind::Rang, Outcome::Waved)
    } else if has(&["Briefje", "Kaartje in de bus gedaan"]) {
        (VisitKind::Rang, Outcome::NoteLeft)
    } else if has(&["bleef dicht", "ging niet open", "Licht brandde"]) {
        (VisitKind::Rang, Outcome::StayedShut)
    } else {
        (VisitKind::Rang, Outcome::NotHome)
    };
    Visit { note: note.to_owned(), ..Visit::tile(kind, outcome) }
}
