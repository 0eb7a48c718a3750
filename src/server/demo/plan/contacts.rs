//! What is written after a contact, and how a household becomes known.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use rand::Rng as _;

use super::people;
use super::year::{Year, per_working_day};
use super::{AuthorRef, calendar, texts};
use crate::domain::body::{
    Building, BuildingKind, Correction, Flame, HowOften, Outcome, Person, Telling, Told, Visit, VisitKind, Who,
};
use crate::domain::noting;
use crate::domain::{EntryId, HouseholdId, PersonId, PlaceId, Subject};

/// What a note about the building is about.
fn building_kind(note: &str) -> BuildingKind {
    let has = |any: &[&str]| any.iter().any(|part| note.contains(part));
    if has(&["amp"]) {
        BuildingKind::LightBroken
    } else if has(&["Lift"]) {
        BuildingKind::LiftBroken
    } else if has(&["Grofvuil", "Container", "Plas"]) {
        BuildingKind::Dirt
    } else if has(&["nooduitgang"]) {
        BuildingKind::FireHazard
    } else {
        BuildingKind::Damage
    }
}

impl Year<'_> {
    /// A contact at a spot: half of all work has no door.
    pub fn spot(&mut self, worker: usize, day: NaiveDate, at: DateTime<Utc>) {
        const INSIDE: [&str; 9] =
            ["nloop", "ettafel", "aalcafé", "pelletjes", "epaircafé", "oorlezen", "offieochtend", "Burendag", "erste keer mee"];
        let notes: Vec<&'static str> = texts::SPOT_NOTES
            .iter()
            .copied()
            .filter(|note| {
                people::in_season(note, day) && !["Moestuin", "wasserette", "Plantjes"].iter().any(|no| note.contains(no))
            })
            .collect();
        let Some(note) = self.book.pick(&notes).copied() else { return };
        let inside = INSIDE.iter().any(|part| note.contains(part));
        let heads = people::heads_in(note);
        let kind = if heads.is_some() { VisitKind::Activity } else { VisitKind::StairwellTalk };
        let place = if inside { self.layout.room } else { self.layout.square };
        let minutes = heads.map(|_| self.book.rng.random_range(4..9) * 15);
        let colleague = self.book.chance(0.2);
        let visit = Visit { note: note.to_owned(), heads, minutes, colleague, ..Visit::tile(kind, Outcome::Spoken) };
        self.note_contact(AuthorRef::User(worker), place, visit, day, at);
    }

    /// Something of the building.
    pub fn building(&mut self, worker: usize, at: DateTime<Utc>) {
        let entrance = worker * 4 + self.book.rng.random_range(0..4);
        let Some((place, _)) = self.layout.entrances.get(entrance) else { return };
        let gallery = (3..6).contains(&entrance);
        let notes: Vec<&'static str> = texts::BUILDING_NOTES
            .iter()
            .copied()
            .filter(|note| gallery || !note.contains("Lift"))
            .filter(|note| people::fits_building(entrance, note))
            .filter(|note| entrance < 9 || !["verdieping", "kelder", "Trap"].iter().any(|no| note.contains(no)))
            .collect();
        let Some(note) = self.book.pick(&notes).copied() else { return };
        let visit = Visit { note: note.to_owned(), ..Visit::tile(VisitKind::StairwellTalk, Outcome::Spoken) };
        let place = *place;
        self.note_contact(AuthorRef::User(worker), place, visit, at.date_naive(), at);
        let at = at + TimeDelta::seconds(30);
        self.book.write(AuthorRef::User(worker), at, Subject::Place(place), Building { kind: building_kind(note) });
    }

    /// Writes a contact as the app does; gives the visit's entry and subject.
    pub fn note_contact(
        &mut self,
        author: AuthorRef,
        place: PlaceId,
        visit: Visit,
        day: NaiveDate,
        at: DateTime<Utc>,
    ) -> Option<(EntryId, Subject)> {
        let new = HouseholdId(self.book.id());
        let worth_a_look = if visit.note.is_empty() { 0.12 } else { 0.75 };
        let entries = noting::contact(&self.book.caseload, place, visit, day, new);
        let mut last = None;
        for (subject, body) in entries {
            last = Some((self.book.write(author, at, subject, body), subject));
        }
        if let Some((id, subject)) = last
            && self.book.chance(worth_a_look)
        {
            self.inbox.push((id, subject, day, false));
        }
        last
    }

    pub fn visit(&mut self, worker: usize, place: PlaceId, day: NaiveDate, at: DateTime<Utc>, lived: f64) {
        let author = AuthorRef::User(worker);
        let Some(door) = self.doors.get(&place) else { return };
        let (persona, first) = (door.persona, door.talks == 0);
        let promised = door.promise.is_some_and(|promise| promise <= day);
        let open = self.book.chance(if promised { 0.9 } else { persona.opens });
        let mut visit = if open { self.talk(place, day, first) } else { self.attempt(place) };
        self.promise(&mut visit, day, open);
        if self.book.chance(0.015) {
            visit.happened_on = day.pred_opt().filter(|day| calendar::is_working_day(*day));
        }
        let follow_up = visit.follow_up;
        let Some((id, subject)) = self.note_contact(author, place, visit.clone(), day, at) else { return };
        if let Some(door) = self.doors.get_mut(&place) {
            door.last = Some(day);
            door.promise = follow_up;
            door.forgotten = false;
            if open {
                door.spoken = Some(day);
                door.talks += 1;
            }
        }
        if follow_up.is_some_and(|day| day < self.last_day) && self.near_end(day, 12) && self.forgotten < 3 {
            self.forgotten += 1;
            if let Some(door) = self.doors.get_mut(&place) {
                door.forgotten = true;
            }
        }
        if !visit.note.is_empty() && self.book.chance(0.03) {
            const ADDED: &[&str] = &[
                "Vergeten op te schrijven: collega was mee.",
                "Aanvulling: belt zelf als er iets is.",
                "Het was op de trap, niet binnen.",
            ];
            if let Some(added) = self.book.pick(ADDED).copied() {
                visit.note = format!("{} {added}", visit.note);
                visit.colleague |= added.contains("collega");
                let later = at + TimeDelta::minutes(self.book.rng.random_range(8..40));
                self.book.write(author, later, subject, Correction { of: id, visit });
            }
        }
        let at = at + TimeDelta::minutes(self.book.rng.random_range(2..7));
        if open {
            self.tell(author, place, at);
        }
        if open && !first {
            self.somebody(author, place, at);
        }
        let chance = if open && !first { self.worry_chance } else { self.worry_chance * 0.25 };
        if self.book.chance(chance) {
            self.worry(author, place, day, at, lived, open);
        } else if open && !first && self.book.chance(0.2) {
            let how_often = self.book.weighed(&[(HowOften::Quarter, 3), (HowOften::Month, 2)]);
            if let Some(how_often) = how_often {
                self.light(author, place, how_often, at);
            }
        }
    }

    fn unsaid(&mut self, place: PlaceId, from: impl Iterator<Item = &'static str>) -> Option<&'static str> {
        let door = self.doors.get(&place)?;
        let fitting: Vec<&'static str> =
            from.filter(|text| !door.said.contains(text) && people::fits_building(door.entrance, text)).collect();
        let text = self.book.pick(&fitting).copied()?;
        let door = self.doors.get_mut(&place)?;
        door.said.push(text);
        // After two dozen others a sentence may come back.
        if door.said.len() > 24 {
            door.said.remove(0);
        }
        Some(text)
    }

    fn talk(&mut self, place: PlaceId, day: NaiveDate, first: bool) -> Visit {
        let Some(persona) = self.doors.get(&place).map(|door| door.persona) else {
            return Visit::tile(VisitKind::Rang, Outcome::Spoken);
        };
        let kinds: &[(VisitKind, u32)] = if first {
            &[(VisitKind::Rang, 7), (VisitKind::StairwellTalk, 3)]
        } else {
            &[
                (VisitKind::Coffee, 40),
                (VisitKind::Rang, 22),
                (VisitKind::StairwellTalk, 17),
                (VisitKind::Phone, 12),
                (VisitKind::Together, 4),
                (VisitKind::WithPartner, 3),
                (VisitKind::Aftercare, 2),
            ]
        };
        let kind = self.book.weighed(kinds).unwrap_or(VisitKind::Rang);
        let mut visit = Visit::tile(kind, Outcome::Spoken);
        let special = matches!(kind, VisitKind::Together | VisitKind::WithPartner | VisitKind::Aftercare);
        if special || self.book.chance(if first { 0.8 } else { 0.62 }) {
            let notes = match kind {
                _ if first => texts::FIRST_NOTES,
                VisitKind::WithPartner => texts::PARTNER_NOTES,
                VisitKind::Aftercare => texts::AFTERCARE_NOTES,
                _ => texts::VISIT_NOTES,
            };
            let own = special && kind != VisitKind::Together || first;
            let stairs = |note: &str| note.contains("trap") && kind != VisitKind::StairwellTalk;
            let fitting = notes.iter().copied().filter(move |note| {
                persona.fits(note)
                    && people::in_season(note, day)
                    && (own || people::note_fits(kind, note))
                    && !(first && stairs(note))
            });
            visit.note = self.unsaid(place, fitting).unwrap_or_default().to_owned();
        }
        if !first && matches!(kind, VisitKind::Coffee | VisitKind::Rang) && self.book.chance(0.4) {
            let fitting = texts::GESTURES.iter().copied().filter(move |text| persona.fits(text) && people::in_season(text, day));
            visit.gesture = self.unsaid(place, fitting).unwrap_or_default().to_owned();
        }
        if self.book.chance(0.35) {
            visit.who = people::who_in(&visit.note, &persona);
        }
        if self.book.chance(0.3) {
            visit.minutes = Some(match kind {
                VisitKind::Coffee => self.book.rng.random_range(3..10) * 5,
                VisitKind::Together | VisitKind::WithPartner => self.book.rng.random_range(9..19) * 5,
                _ => self.book.rng.random_range(1..4) * 5,
            });
        }
        visit.colleague = self.book.chance(0.04);
        visit
    }

    fn attempt(&mut self, place: PlaceId) -> Visit {
        let Some(persona) = self.doors.get(&place).map(|door| door.persona) else {
            return Visit::tile(VisitKind::Rang, Outcome::NotHome);
        };
        let known = self.doors.get(&place).is_some_and(|door| door.talks > 0);
        if self.book.chance(0.3) {
            let fitting = texts::ATTEMPT_NOTES.iter().copied().filter(move |note| {
                let phone = note.contains("Gebeld") || note.contains("Voicemail");
                persona.fits(note) && (known || !(phone || note.contains("Zoon") || note.contains("vorige keer")))
            });
            if let Some(note) = self.unsaid(place, fitting) {
                let mut visit = people::attempt_in(note);
                visit.who = people::who_in(note, &persona).filter(|who| matches!(who, Who::Child | Who::Neighbour));
                return visit;
            }
        }
        let outcome = self.book.weighed(&[
            (Outcome::NotHome, 58),
            (Outcome::StayedShut, 16),
            (Outcome::NoteLeft, 14),
            (Outcome::Waved, 12),
        ]);
        Visit::tile(VisitKind::Rang, outcome.unwrap_or(Outcome::NotHome))
    }

    /// A promise to come back, now and then; in the last days more often, so that the list has some.
    fn promise(&mut self, visit: &mut Visit, day: NaiveDate, open: bool) {
        let ending = self.near_end(day, 10);
        let chance = match (ending, open) {
            (true, true) if self.for_today < 5 => 0.7,
            (_, true) => 0.11,
            (_, false) if visit.outcome == Outcome::NoteLeft => 0.2,
            (_, false) => 0.02,
        };
        // A promise to an unknown door would begin a household before anybody was met there.
        if !self.book.chance(chance) || (!open && !ending && visit.outcome != Outcome::NoteLeft) || !open && self.book.chance(0.5)
        {
            return;
        }
        let after = self.book.rng.random_range(1..15);
        let mut until = calendar::working_day_after(day, after);
        if ending && self.for_today < 5 && self.book.chance(0.5) && self.last_day > day {
            self.for_today += 1;
            until = self.last_day;
        }
        visit.follow_up = Some(until);
    }

    /// A person is named, where that helps to tell people apart.
    fn somebody(&mut self, author: AuthorRef, place: PlaceId, at: DateTime<Utc>) {
        let Some(persona) = self.doors.get(&place).map(|door| door.persona) else { return };
        let Some(household) = self.book.caseload.household_at(place) else { return };
        let (id, named) = (household.id, household.persons.len());
        let (role, called) = match (named, persona.daughter) {
            (0, _) if self.book.chance(0.35) => (Who::Resident, self.names[usize::from(persona.woman)].pop()),
            (1, Some(daughter)) if self.book.chance(0.12) => (Who::Child, Some(if daughter { "dochter" } else { "zoon" })),
            _ => return,
        };
        let Some(called) = called else { return };
        let person = PersonId(self.book.id());
        self.book.write(author, at, Subject::Person(person), Person { household: id, role, called: called.to_owned() });
    }

    /// Most are told at the first talk that something is written down; a few at the next.
    fn tell(&mut self, author: AuthorRef, place: PlaceId, at: DateTime<Utc>) {
        let Some(household) = self.book.caseload.household_at(place) else { return };
        let id = household.id;
        if household.told.is_none() && self.book.chance(0.88) {
            self.book.write(author, at, Subject::Household(id), Told { how: Telling::CardGiven, why: String::new() });
        }
    }

    /// How often we come by, as far as the team can keep it up.
    pub fn light(&mut self, author: AuthorRef, place: PlaceId, how_often: HowOften, at: DateTime<Utc>) {
        let demand: f64 = self.doors.values().filter_map(|door| door.flame).map(per_working_day).sum();
        let Some(household) = self.book.caseload.household_at(place) else { return };
        let (id, saw) = (household.id, household.flame.as_ref().map(|flame| flame.seen()).unwrap_or_default());
        let Some(door) = self.doors.get_mut(&place) else { return };
        let was = door.flame.map_or(0.0, per_working_day);
        if door.flame == Some(how_often) || (demand - was + per_working_day(how_often)) / 0.6 > self.capacity * 0.5 {
            return;
        }
        door.flame = Some(how_often);
        self.book.write(author, at, Subject::Household(id), Flame { how_often, saw });
    }
}
