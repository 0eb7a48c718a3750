//! A phone: the real engine, the real store, the real fold. Sealing is left out: it changes no order and loses nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Days, Utc};
use futures::executor::block_on;
use uuid::Uuid;
use waakvlam::domain::body::{
    Change, Concern, Correction, Flame, KnownBy, Outcome, Review, Rewording, Set, Severity, Standing, Tile, Verdict, Visit,
    VisitKind, Withdrawal,
};
use waakvlam::domain::{Body, Caseload, DeviceId, Entry, EntryId, HouseholdId, Payload, PlaceId, Role, Subject, UserId, noting};
use waakvlam::store::memory::MemoryStore;
use waakvlam::store::{AddPage, Append, OutboxRecord, OutboxState, Sealed, Segment, Store as _};
use waakvlam::sync::chain::Bytes32;
use waakvlam::sync::engine::{self, Effect, Engine, Event, Fault, Item, Pulled};
use waakvlam::sync::wire::{Granted, Line, Me, PullAnswer, StoredEntry, Written};

use super::office::Office;
use super::{Fate, Note};

pub struct Phone {
    user: UserId,
    role: Role,
    device: DeviceId,
    store: MemoryStore,
    engine: Engine,
    pulled: Caseload,
    view: Caseload,
    saved: Vec<EntryId>,
    journal: waakvlam::domain::JournalId,
    places: Vec<PlaceId>,
    now: u64,
    ids: u128,
}

impl Phone {
    pub fn new(office: &impl Office, index: usize, role: Role) -> Self {
        let device = DeviceId(Uuid::from_u128(0x100 + index as u128));
        let user = UserId(Uuid::from_u128(0x200 + index as u128));
        office.enrol(user, role, device);
        let store = MemoryStore::new(device);
        block_on(store.put_key(Some(office.journal()), &Sealed(vec![1]))).unwrap();
        let mut phone = Self {
            user,
            role,
            device,
            store,
            engine: Engine::default(),
            pulled: Caseload::default(),
            view: Caseload::default(),
            saved: Vec::new(),
            journal: office.journal(),
            places: office.places(),
            now: 0,
            ids: (index as u128 + 1) << 64,
        };
        phone.engine.on(Event::Opened, 0, 0.5);
        phone.sync(office, None);
        phone
    }

    fn draw(&mut self) -> Uuid {
        self.ids += 1;
        Uuid::from_u128(self.ids)
    }

    fn at(&self) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Days::new(20_000) + chrono::TimeDelta::seconds(i64::try_from(self.now).unwrap())
    }

    // --- Noting --------------------------------------------------------------------------------

    pub fn note(&mut self, note: &Note) {
        self.now += 60;
        for (subject, body) in self.bodies(note).unwrap_or_default() {
            self.save(subject, body);
        }
        self.engine.on(Event::Wake, self.now, 0.5);
    }

    fn concern(&self, of: usize) -> Option<(EntryId, Subject)> {
        let open: Vec<_> = self.view.concerns.values().filter(|concern| concern.is_open()).collect();
        let state = open.get(of.checked_rem(open.len())?)?;
        Some((state.entry.id, state.entry.payload.as_ref()?.subject))
    }

    fn own_visit(&self, of: usize) -> Option<(EntryId, Subject)> {
        let own: Vec<_> = self.view.visits.values().filter(|visit| visit.entry.author == self.user).collect();
        let state = own.get(of.checked_rem(own.len())?)?;
        Some((state.entry.id, state.entry.payload.as_ref()?.subject))
    }

    fn bodies(&mut self, note: &Note) -> Option<Vec<(Subject, Body)>> {
        let today = self.at().date_naive();
        let household = HouseholdId(self.draw());
        let place = |at: usize| self.places[at % self.places.len()];
        let change = |of: EntryId, saw: Vec<EntryId>, set: Set| Body::from(Change { of, saw, set });
        match note {
            Note::Visit(at) => {
                let visit = Visit::tile(VisitKind::Coffee, Outcome::Spoken);
                Some(noting::contact(&self.view, place(*at), visit, today, household))
            }
            Note::Concern(at, severity) => Some(noting::concern(&self.view, place(*at), concern(*severity), today, household)),
            Note::Severity(of, severity) => {
                let (of, subject) = self.concern(*of)?;
                let saw = self.view.concerns[&of].severity.seen();
                Some(vec![(subject, change(of, saw, Set::Severity(*severity)))])
            }
            Note::NextStep(of, words) => {
                let (of, subject) = self.concern(*of)?;
                let saw = self.view.concerns[&of].next_step.seen();
                Some(vec![(subject, change(of, saw, Set::NextStep(words.to_string())))])
            }
            Note::Close(of) => {
                let (of, subject) = self.concern(*of)?;
                let saw = self.view.concerns[&of].seen_to_close();
                Some(vec![(subject, change(of, saw, Set::Standing(Standing::Closed { came_of: "opgelost".to_owned() })))])
            }
            Note::Correct(of) => {
                let (of, subject) = self.own_visit(*of)?;
                let visit = Visit { note: "beter".to_owned(), ..Visit::tile(VisitKind::Coffee, Outcome::Spoken) };
                Some(vec![(subject, Correction { of, visit }.into())])
            }
            Note::Reword(of, words) => {
                let own: Vec<_> = self.view.concerns.values().filter(|concern| concern.entry.author == self.user).collect();
                let state = own.get(of.checked_rem(own.len())?)?;
                let (of, subject) = (state.entry.id, state.entry.payload.as_ref()?.subject);
                let body = Rewording { of, facts: Vec::new(), seen: words.to_string(), thought: String::new() };
                Some(vec![(subject, body.into())])
            }
            Note::Withdraw(of) => {
                let (of, subject) = self.own_visit(*of)?;
                Some(vec![(subject, Withdrawal { of }.into())])
            }
            Note::Flame(at, how_often) => {
                let state = self.view.household_at(place(*at))?;
                let saw = state.flame.as_ref().map(waakvlam::domain::register::Register::seen).unwrap_or_default();
                Some(vec![(Subject::Household(state.id), Flame { how_often: *how_often, saw }.into())])
            }
            Note::Review(of) => {
                if self.role != Role::Supervisor {
                    return None;
                }
                let (of, subject) = self.concern(*of)?;
                Some(vec![(subject, Review { of, verdict: Verdict::Seen }.into())])
            }
        }
    }

    fn save(&mut self, subject: Subject, body: Body) {
        let id = EntryId(self.draw());
        let payload = Payload { written_at: self.at(), clock_ahead_ms: None, subject, group: None, body };
        let (device, n) = block_on(self.store.counter()).unwrap();
        let written = Written { id, n, salt: Bytes32::default(), payload: payload.write().unwrap() };
        let sealed = Sealed(serde_json::to_vec(&written).unwrap());
        let record = OutboxRecord { device, journal: self.journal, n, id, sealed, state: OutboxState::Waiting };
        assert_eq!(block_on(self.store.append(&record)).unwrap(), Append::Stored);
        self.saved.push(id);
        self.view.apply(Entry { id, author: self.user, device, n, seq: None, received_at: None, payload: Some(payload) });
    }

    // --- Syncing -------------------------------------------------------------------------------

    /// Syncs until there is nothing to do, or until the weather says that the signal is gone. No weather is good weather.
    pub fn sync(&mut self, office: &impl Office, weather: Option<&[Fate]>) {
        let mut weather = weather.map(<[Fate]>::iter);
        self.load();
        self.engine.on(Event::Wake, self.now, 0.5);
        let mut steps = 0;
        while let Some(effect) = self.engine.poll(self.now) {
            steps += 1;
            assert!(steps < 10_000, "the engine goes round in circles: {effect:?}");
            let online = matches!(effect, Effect::Push { .. } | Effect::Pull { .. } | Effect::Renew);
            let fate = match (&mut weather, online) {
                (Some(list), true) => list.next().copied().unwrap_or(Fate::RequestLost),
                _ => Fate::Good,
            };
            let event = self.carry_out(office, effect, fate);
            let gone = online && fate != Fate::Good;
            self.engine.on(event, self.now, 0.5);
            if gone {
                // The wait after a failure is long; the next sync of the story wakes the engine.
                break;
            }
        }
        // What was saved to the store before the signal went must be marked all the same.
        while let Some(effect @ Effect::Mark(_)) = self.engine.poll(self.now) {
            let event = self.carry_out(office, effect, Fate::Good);
            self.engine.on(event, self.now, 0.5);
        }
    }

    fn load(&mut self) {
        let outbox = block_on(self.store.outbox()).unwrap();
        let items = outbox
            .iter()
            .map(|r| Item { id: r.id, device: r.device, n: r.n, journal: r.journal, bytes: r.sealed.0.len(), state: r.state })
            .collect();
        let cursor = block_on(self.store.cursor(self.journal)).unwrap();
        self.engine.on(
            Event::Loaded {
                device: self.device,
                cloned: false,
                outbox: items,
                cursors: vec![(self.journal, cursor)],
                strays: Vec::new(),
            },
            self.now,
            0.5,
        );
    }

    fn carry_out(&mut self, office: &impl Office, effect: Effect, fate: Fate) -> Event {
        let lost = fate != Fate::Good;
        match effect {
            Effect::Push { device, journal, ns } => {
                if fate == Fate::RequestLost {
                    return Event::Pushed(Err(Fault::Offline));
                }
                let outbox = block_on(self.store.outbox()).unwrap();
                let records: Vec<(u64, Vec<u8>)> = outbox
                    .iter()
                    .filter(|record| record.device == device && record.journal == journal && ns.contains(&record.n))
                    .map(|record| (record.n, record.sealed.0.clone()))
                    .collect();
                let answer = office.push(self.user, device, &records);
                Event::Pushed(if lost { Err(Fault::Offline) } else { Ok(answer) })
            }
            Effect::Mark(states) => {
                block_on(self.store.mark(&states)).unwrap();
                Event::Marked(Ok(()))
            }
            Effect::Renew if lost => Event::Session(Err(Fault::Offline)),
            Effect::Renew => Event::Session(Ok(self.me())),
            Effect::Pull { cursor, .. } => {
                if lost {
                    return Event::Pulled(Err(Fault::Offline));
                }
                let answer = office.pull(cursor);
                let Some(after) = engine::check(cursor, &answer).unwrap() else { return Event::Pulled(Ok(Pulled::Diverged)) };
                let PullAnswer::Page(page) = answer else { unreachable!() };
                let first = cursor.map_or(1, |cursor| cursor.seq + 1);
                let sealed = Sealed(serde_json::to_vec(&page.lines).unwrap());
                let segment = (!page.lines.is_empty()).then_some(Segment { first, last: after.seq, sealed });
                let returned: Vec<EntryId> = ids(&page.lines);
                let added = block_on(self.store.add_page(self.journal, cursor, after, segment.as_ref(), &returned)).unwrap();
                assert_eq!(added, AddPage::Stored);
                for line in page.lines {
                    if let Line::Entry(stored) = line {
                        self.pulled.apply(read(&stored));
                    }
                }
                self.relay();
                Event::Pulled(Ok(Pulled::Stored { cursor: after, head: page.head, returned }))
            }
            other => unreachable!("nobody was cloned, revoked, erased or restored: {other:?}"),
        }
    }

    fn me(&self) -> Me {
        let granted = Granted {
            journal: self.journal,
            kind: waakvlam::domain::JournalKind::Neighbourhood,
            name: "Lindebuurt".to_owned(),
            role: self.role,
            readers: Vec::new(),
        };
        Me {
            user: self.user,
            login_name: "test".to_owned(),
            name: "Test".to_owned(),
            role: self.role,
            journals: vec![granted],
            more: 0,
            now: self.at(),
        }
    }

    fn relay(&mut self) {
        self.view = self.pulled.clone();
        for record in block_on(self.store.outbox()).unwrap() {
            let written: Written = serde_json::from_slice(&record.sealed.0).unwrap();
            self.view.apply(Entry {
                id: written.id,
                author: self.user,
                device: record.device,
                n: record.n,
                seq: None,
                received_at: None,
                payload: Payload::parse(written.payload.get()).ok(),
            });
        }
    }

    // --- Asking --------------------------------------------------------------------------------

    pub fn waiting(&self) -> usize {
        block_on(self.store.outbox()).unwrap().len()
    }

    /// What the phone would show after a restart: read from its store.
    pub fn caseload(&self) -> Caseload {
        let mut lines: BTreeMap<u64, StoredEntry> = BTreeMap::new();
        for segment in block_on(self.store.segments(self.journal)).unwrap() {
            for line in serde_json::from_slice::<Vec<Line>>(&segment.sealed.0).unwrap() {
                if let Line::Entry(stored) = line {
                    assert!(lines.insert(stored.seq, *stored).is_none(), "a number lies in two segments");
                }
            }
        }
        let read = Caseload::fold(lines.values().map(read));
        assert_eq!(read, self.view, "what device {} shows is not what lies in its store", self.device);
        read
    }

    pub fn saved(&self) -> &[EntryId] {
        &self.saved
    }
}

fn ids(lines: &[Line]) -> Vec<EntryId> {
    lines.iter().filter_map(|line| if let Line::Entry(entry) = line { Some(entry.id) } else { None }).collect()
}

pub fn read(stored: &StoredEntry) -> Entry {
    Entry {
        id: stored.id,
        author: stored.author,
        device: stored.device,
        n: stored.n,
        seq: Some(stored.seq),
        received_at: Some(stored.received_at),
        payload: Payload::parse(stored.payload.get()).ok(),
    }
}

fn concern(severity: Severity) -> Concern {
    Concern {
        tile: Tile::Money,
        severity,
        facts: Vec::new(),
        seen: "post op de mat".to_owned(),
        thought: String::new(),
        known_by: KnownBy::SawIt,
        told_by: String::new(),
        owner: None,
        next_step: String::new(),
        due: None,
    }
}
