//! Worries: how they are noted, taken on, changed and closed.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::Rng as _;

use super::year::{SUPERVISOR, WORKERS, Year, clock};
use super::{AuthorRef, calendar, people, texts};
use crate::domain::body::{Called, Change, Concern, Fact, HowOften, KnownBy, Set, Severity, Standing, Tile};
use crate::domain::noting;
use crate::domain::{EntryId, HouseholdId, PlaceId, Subject, UserId};

/// What will happen to a concern.
#[derive(Clone, Copy)]
pub struct Task {
    of: EntryId,
    subject: Subject,
    place: PlaceId,
    tile: Tile,
    close: bool,
}

/// What is planned around worries.
pub struct Worries {
    tasks: BTreeMap<NaiveDate, Vec<(DateTime<Utc>, Task)>>,
    /// Parts of the year after which the next worry is an urgent one; the latest first.
    urgent: Vec<f64>,
    frozen: Option<EntryId>,
    /// How many times the usual number of entries.
    scale: f64,
}

impl Worries {
    pub fn new(scale: f64) -> Self {
        let count = (2.0 * scale).clamp(2.0, 20.0) as usize;
        let urgent = (0..count).rev().map(|i| 0.25 + 0.6 * i as f64 / count as f64).collect();
        Self { tasks: BTreeMap::new(), urgent, frozen: None, scale: scale.max(1.0) }
    }

    /// What is planned for a day.
    pub fn due(&mut self, day: NaiveDate) -> Vec<(DateTime<Utc>, Task)> {
        self.tasks.remove(&day).unwrap_or_default()
    }
}

fn code(tile: Tile) -> &'static str {
    match tile {
        Tile::Money => "geld",
        Tile::Health => "gezondheid",
        Tile::Alone => "alleen",
        Tile::UnsafeHome => "thuis_niet_veilig",
        Tile::Dwelling => "woning",
        Tile::Nuisance => "overlast",
        Tile::TakingPart => "meedoen",
    }
}

fn of_tile(lists: &'static [(&'static str, &'static [&'static str])], tile: Tile) -> &'static [&'static str] {
    lists.iter().find(|(name, _)| *name == code(tile)).map_or(&[], |(_, texts)| texts)
}

/// Chips that say the same as the text.
fn facts_in(seen: &str) -> Vec<Fact> {
    const CHIPS: &[(&str, Fact)] = &[
        ("Stapel ongeopende post", Fact::MailPilesUp),
        ("Post van een week", Fact::MailPilesUp),
        ("aanmaning", Fact::Reminders),
        ("deurwaarder", Fact::Reminders),
        ("Rolluik", Fact::ShuttersClosed),
        ("gordijnen dicht", Fact::ShuttersClosed),
        ("Geschreeuw", Fact::Shouting),
        ("te schreeuwen", Fact::Shouting),
        ("welke dag", Fact::Confused),
        ("ruimer", Fact::Thinner),
        ("Verwarming uit", Fact::NoHeating),
        ("droog te koken", Fact::SmokeFromFood),
        ("heeft niets gehoord", Fact::NotSeen),
    ];
    let mut facts: Vec<Fact> = CHIPS.iter().filter(|(part, _)| seen.contains(part)).map(|(_, fact)| *fact).collect();
    facts.dedup();
    facts
}

fn told_by(known_by: KnownBy, seen: &str) -> &'static str {
    match known_by {
        KnownBy::Neighbour if seen.contains("buurman") => "buurman",
        KnownBy::Neighbour if seen.contains("buren") => "twee buren",
        KnownBy::Neighbour => "buurvrouw",
        _ => "",
    }
}

fn known_by(seen: &str) -> KnownBy {
    let has = |any: &[&str]| any.iter().any(|part| seen.contains(part));
    if has(&["Buurvrouw", "buurvrouw", "buurman", "melden"]) {
        KnownBy::Neighbour
    } else if has(&["Zegt", "zegt", "ertel", "Vroeg of", "Is zijn werk", "Wil graag", "Belde mij"]) {
        KnownBy::Resident
    } else {
        KnownBy::SawIt
    }
}

/// Whether a next step goes with a tile and with what was seen.
fn step_fits(step: &str, tile: Tile, severity: Severity, seen: &str) -> bool {
    let has = |any: &[&str]| any.iter().any(|part| step.contains(part));
    if severity == Severity::Now {
        return has(&["Vanmiddag", "Met een collega", "Morgen bellen"]);
    }
    if has(&["Nog even niets", "weer koffie"]) {
        return severity == Severity::Watch;
    }
    if has(&["lekkage"]) {
        return seen.contains("ekkage");
    }
    if has(&["rookmelder"]) {
        return seen.contains("ookmelder");
    }
    if has(&["monteur"]) {
        return seen.contains("warm water") || seen.contains("erwarming");
    }
    if has(&["school"]) {
        return tile == Tile::TakingPart && seen.contains("school");
    }
    let only = if has(&["schuldhulp", "Geldfit", "post openen"]) {
        Some(Tile::Money)
    } else if has(&["huisarts", "thuiszorg"]) {
        Some(Tile::Health)
    } else if has(&["eettafel", "Maatjes", "oogje"]) {
        Some(Tile::Alone)
    } else if has(&["taalles", "fietsen"]) {
        Some(Tile::TakingPart)
    } else if has(&["emiddeling", "wijkagent"]) {
        Some(Tile::Nuisance)
    } else if has(&["Veilig Thuis"]) {
        Some(Tile::UnsafeHome)
    } else {
        None
    };
    only.is_none_or(|only| only == tile)
}

impl Year<'_> {
    fn working_time(&mut self, day: NaiveDate) -> DateTime<Utc> {
        let minute = self.book.rng.random_range(0..440);
        calendar::utc(day, clock(9, 10 + minute))
    }

    fn user(&self, author: AuthorRef) -> UserId {
        self.book.author(author)
    }

    fn next_step(&mut self, author: AuthorRef, place: PlaceId, about: (Tile, Severity), seen: &str) -> Option<&'static str> {
        let (tile, severity) = about;
        let persona = self.doors.get(&place)?.persona;
        let steps: Vec<&'static str> = texts::NEXT_STEPS
            .iter()
            .copied()
            .filter(|step| persona.fits(step) && step_fits(step, tile, severity, seen))
            .filter(|step| author != SUPERVISOR || !step.contains("Ineke"))
            .collect();
        self.book.pick(&steps).copied()
    }

    /// Notes a worry about who lives behind a door.
    pub fn worry(&mut self, author: AuthorRef, place: PlaceId, day: NaiveDate, at: DateTime<Utc>, lived: f64, open: bool) {
        let Some(door) = self.doors.get(&place) else { return };
        let (persona, entrance, said) = (door.persona, door.entrance, door.said.clone());
        let urgent = open && self.worries.urgent.last().is_some_and(|part| lived >= *part);
        let tiles: &[(Tile, u32)] = if urgent {
            &[(Tile::UnsafeHome, 1), (Tile::Health, 1)]
        } else {
            &[
                (Tile::Money, 42),
                (Tile::Health, 22),
                (Tile::Alone, 14),
                (Tile::Dwelling, 8),
                (Tile::Nuisance, 6),
                (Tile::TakingPart, 5),
                (Tile::UnsafeHome, 3),
            ]
        };
        let Some(tile) = self.book.weighed(tiles) else { return };
        const URGENT: [&str; 5] = ["Geschreeuw gehoord", "Fluisterde", "droog te koken", "welke dag", "zat om negen uur"];
        const BEHIND_A_SHUT_DOOR: [&str; 12] = [
            "Rolluik",
            "Post van een week",
            "Geschreeuw",
            "Buurvrouw hoort",
            "Sterke lucht",
            "Harde muziek",
            "Vuilniszakken",
            "Steeds andere",
            "Blaft",
            "Groepje",
            "Glas op",
            "Kind van een jaar",
        ];
        let seen: Vec<&'static str> = of_tile(texts::CONCERN_FACTS, tile)
            .iter()
            .copied()
            .filter(|text| persona.fits(text) && people::in_season(text, day) && !said.contains(text))
            .filter(|text| !urgent || URGENT.iter().any(|part| text.contains(part)))
            .filter(|text| people::fits_building(entrance, text))
            .filter(|text| !open || !(text.contains("Rolluik") || text.contains("Post van een week")))
            .filter(|text| open || BEHIND_A_SHUT_DOOR.iter().any(|part| text.contains(part)))
            .collect();
        let Some(seen) = self.book.pick(&seen).copied() else { return };
        let thoughts: Vec<&'static str> = texts::IMPRESSIONS
            .iter()
            .copied()
            .filter(|text| persona.fits(text))
            .filter(|text| tile == Tile::Nuisance || !(text.contains("buren") || text.contains("buurman")))
            .filter(|text| tile == Tile::Money || !(text.contains("geld") || text.contains("brie")))
            .filter(|text| tile == Tile::Dwelling || !(text.contains("woningbouw") || text.contains("huis ")))
            .collect();
        let thought = if self.book.chance(0.6) { self.book.pick(&thoughts).copied().unwrap_or_default() } else { "" };
        let known_by = known_by(seen);
        let severity = if urgent {
            self.worries.urgent.pop();
            Severity::Now
        } else {
            self.book.weighed(&[(Severity::Watch, 48), (Severity::Discuss, 52)]).unwrap_or(Severity::Watch)
        };
        let step = if self.book.chance(0.75) { self.next_step(author, place, (tile, severity), seen) } else { None };
        let within = if urgent { 1 } else { self.book.rng.random_range(2..15) };
        let (mine, supervisor) = (self.user(author), self.user(SUPERVISOR));
        let owner = self.book.weighed(&[(Some(mine), 50), (Some(supervisor), 12), (None, 38)]).flatten();
        let concern = Concern {
            tile,
            severity,
            facts: facts_in(seen),
            seen: seen.to_owned(),
            thought: thought.to_owned(),
            known_by,
            told_by: told_by(known_by, seen).to_owned(),
            owner,
            next_step: step.unwrap_or_default().to_owned(),
            due: step.map(|_| calendar::working_day_after(day, within)),
        };
        if let Some(door) = self.doors.get_mut(&place) {
            door.said.push(seen);
        }
        let new = HouseholdId(self.book.id());
        let mut noted = None;
        for (subject, body) in noting::concern(&self.book.caseload, place, concern, day, new) {
            noted = Some((self.book.write(author, at, subject, body), subject));
        }
        let Some((of, subject)) = noted else { return };
        self.for_review(of, subject, day);
        if severity > Severity::Watch || self.book.chance(0.3) {
            let how_often = if severity == Severity::Watch { HowOften::Month } else { HowOften::Week };
            self.light(author, place, how_often, at + TimeDelta::minutes(1));
        }
        if severity == Severity::Now {
            let whom = if tile == Tile::UnsafeHome { "Veilig Thuis" } else { "de huisarts" };
            let called = at + TimeDelta::minutes(self.book.rng.random_range(4..15));
            self.book.write(author, called + TimeDelta::minutes(6), subject, Called { of, whom: whom.to_owned(), at: called });
        }
        self.plan_course(Task { of, subject, place, tile, close: false }, day, severity);
    }

    /// When it is looked at again, and when it is closed.
    fn plan_course(&mut self, task: Task, day: NaiveDate, severity: Severity) {
        let closes = severity == Severity::Now || self.book.chance(1.0 - 0.08 / self.worries.scale);
        let length = match severity {
            Severity::Now => self.book.rng.random_range(8..25),
            Severity::Discuss => self.book.rng.random_range(8..55),
            Severity::Watch => self.book.rng.random_range(12..75),
        };
        let end = if closes { calendar::working_day_after(day, length) } else { self.last_day };
        let mut on = day;
        loop {
            let step = if on == day { self.book.rng.random_range(3..13) } else { self.book.rng.random_range(20..38) };
            on = calendar::working_day_after(on, step);
            if on >= end {
                break;
            }
            let at = self.working_time(on);
            self.worries.tasks.entry(on).or_default().push((at, task));
        }
        if closes {
            let at = self.working_time(end);
            self.worries.tasks.entry(end).or_default().push((at, Task { close: true, ..task }));
        }
    }

    /// Who carries a concern: who took it on, else who noted it.
    fn carrier(&self, of: EntryId) -> Option<AuthorRef> {
        let state = self.book.caseload.concerns.get(&of)?;
        let who = state.owner.latest().unwrap_or(state.entry.author);
        self.book.users.iter().position(|user| user.id == who).map(AuthorRef::User)
    }

    fn change(&mut self, author: AuthorRef, at: DateTime<Utc>, task: Task, saw: Vec<EntryId>, set: Set) {
        self.book.write(author, at, task.subject, Change { of: task.of, saw, set });
    }

    /// Somebody looks at a concern again, or closes it.
    pub fn task(&mut self, task: Task, day: NaiveDate, at: DateTime<Utc>) {
        if self.worries.frozen == Some(task.of) {
            return;
        }
        let Some(author) = self.carrier(task.of) else { return };
        let Some(state) = self.book.caseload.concerns.get(&task.of).filter(|state| state.is_open()).cloned() else { return };
        if task.close {
            let Some(persona) = self.doors.get(&task.place).map(|door| door.persona) else { return };
            let came_of: Vec<&'static str> = of_tile(texts::CAME_OF, task.tile)
                .iter()
                .copied()
                .filter(|text| persona.fits(text) && fits_what_was_seen(text, &state.concern.seen))
                .collect();
            let came_of = if came_of.is_empty() { texts::CAME_OF_ANY } else { &came_of };
            let Some(came_of) = self.book.pick(came_of).copied() else { return };
            let set = Set::Standing(Standing::Closed { came_of: came_of.to_owned() });
            self.change(author, at, task, state.seen_to_close(), set);
            if self.book.chance(0.7) {
                let calmer = if self.book.chance(0.5) { HowOften::Month } else { HowOften::Quarter };
                let lit = self.book.caseload.household_at(task.place).is_some_and(|household| household.flame.is_some());
                if lit {
                    self.light(author, task.place, calmer, at + TimeDelta::minutes(1));
                }
            }
            return;
        }
        // In the last days some stay where they are: that is what today's list is made of.
        if (self.last_day - day).num_days() < 21 && self.book.chance(0.85 / self.worries.scale.powf(0.4)) {
            return;
        }
        if state.owner.latest().is_none() && self.book.chance(0.6) {
            let (who, saw) = (self.user(author), state.owner.seen());
            self.change(author, at, task, saw, Set::Owner(Some(who)));
        }
        if self.book.chance(0.15) {
            let severity = if state.severity() == Severity::Watch { Severity::Discuss } else { Severity::Watch };
            self.change(author, at + TimeDelta::seconds(20), task, state.severity.seen(), Set::Severity(severity));
        }
        if let Some(step) = self.next_step(author, task.place, (task.tile, state.severity()), &state.concern.seen)
            && step != state.next_step.latest()
            && self.book.chance(0.65)
        {
            self.change(author, at + TimeDelta::seconds(50), task, state.next_step.seen(), Set::NextStep(step.to_owned()));
        }
        let soon = state.due.latest().is_some_and(|due| (due - day).num_days() < 4);
        if !soon && self.book.chance(0.85) {
            return;
        }
        let within = self.book.rng.random_range(24..40);
        let due = calendar::working_day_after(day, within);
        self.change(author, at + TimeDelta::seconds(65), task, state.due.seen(), Set::Due(Some(due)));
    }

    /// Once: two people change the next step of the same concern without having seen each other.
    pub fn two_versions(&mut self, day: NaiveDate) {
        if self.worries.frozen.is_some() {
            return;
        }
        let found = self.book.caseload.concerns.values().find_map(|state| {
            let payload = state.entry.payload.as_ref().filter(|_| state.is_open() && state.severity() < Severity::Now)?;
            let place = self.book.caseload.place_of(payload.subject)?;
            let task = Task { of: state.entry.id, subject: payload.subject, place, tile: state.concern.tile, close: false };
            let worker = self.book.users.iter().position(|user| user.id == state.entry.author).filter(|user| *user < WORKERS)?;
            Some((task, worker, state.next_step.seen(), state.concern.seen.clone()))
        });
        let Some((task, worker, saw, seen)) = found else { return };
        let at = calendar::utc(day, clock(16, 40));
        let about = (task.tile, Severity::Discuss);
        let mine = self.next_step(AuthorRef::User(worker), task.place, about, &seen);
        let hers = self.next_step(SUPERVISOR, task.place, about, &seen);
        let (Some(mine), Some(hers)) = (mine, hers) else { return };
        if mine == hers || at + TimeDelta::hours(1) > self.book.now {
            return;
        }
        self.worries.frozen = Some(task.of);
        self.change(AuthorRef::User(worker), at, task, saw.clone(), Set::NextStep(mine.to_owned()));
        self.change(SUPERVISOR, at + TimeDelta::minutes(9), task, saw, Set::NextStep(hers.to_owned()));
    }
}

/// Whether an ending can belong to what was seen.
fn fits_what_was_seen(came_of: &str, seen: &str) -> bool {
    const PAIRS: &[(&str, &[&str])] = &[
        ("Huurtoeslag", &["huurtoeslag"]),
        ("energieleverancier", &["energierekening"]),
        ("Post is op", &["post", "rief"]),
        ("Pillen", &["pillen"]),
        ("Thuiszorg komt", &["thuiszorg", "gevallen", "ochtendjas"]),
        ("ziekenhuis", &["ziekenhuis", "buiten adem"]),
        ("loos alarm", &["Rolluik", "Post van"]),
        ("Vocht", &["Zwarte", "vochtig"]),
        ("Balkon", &["balkon"]),
        ("Rookmelders", &["Rookmelder"]),
        ("muziek", &["muziek", "geluid"]),
        ("opgeruimd. S", &["Vuilniszakken", "Glas", "Spullen"]),
        ("Wijkagent", &["Groepje", "Steeds", "vernield"]),
        ("School", &["school"]),
        ("taalles", &["taalles", "lezen"]),
        ("Maatje leest", &["lezen"]),
        ("vrijwilliger", &["werk kwijt", "vrijwilliger", "opleiding"]),
    ];
    PAIRS.iter().filter(|(ending, _)| came_of.contains(ending)).all(|(_, parts)| parts.iter().any(|part| seen.contains(part)))
}
