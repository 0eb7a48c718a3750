//! What fewer may read, as its readers see it: a closed journal added up, who reads it, and what the others are told.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::body::{Body, Change, Concern, Founding, Guarded, Household, Reader, Set, Staff, Standing, Step};
use super::caseload::{Caseload, ConcernState};
use super::entry::Subject;
use super::ids::{EntryId, HouseholdId, JournalId, PlaceId, UserId};
use super::rights::{Actor, JournalKind, Role, Target, may, takes_off};

/// A step of the Meldcode that was written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// The entry that says it.
    pub by: EntryId,
    /// Who.
    pub author: UserId,
    /// When, by their clock.
    pub at: DateTime<Utc>,
    /// What was done and found.
    pub text: String,
}

/// Somebody was let in, or taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetIn {
    /// The entry that says it.
    pub by: EntryId,
    /// Who said it.
    pub author: UserId,
    /// When, by their clock.
    pub at: DateTime<Utc>,
    /// Who.
    pub user: UserId,
    /// Reads it from then on, or no more.
    pub reads: bool,
}

/// A closed journal, added up.
#[derive(Clone, Debug, PartialEq)]
pub struct File {
    /// Who founded it.
    pub founder: UserId,
    /// About whom.
    pub subject: Subject,
    /// The entry that founded it.
    pub begun_by: EntryId,
    /// For whom, at first.
    pub founding: Founding,
    /// Who was let in or taken off since, in that order.
    pub let_in: Vec<LetIn>,
    /// The worry with which it began; it may come later than the founding.
    pub concern: Option<Arc<ConcernState>>,
    /// The five steps in their order, each with what was written down about it: in any order, and again.
    pub steps: Vec<(Step, Vec<Done>)>,
}

impl File {
    /// A closed journal as it adds up; nothing for any other journal, or before its founding is there.
    #[must_use]
    pub fn of(caseload: &Caseload) -> Option<Self> {
        let (begun_by, founder, subject, founding) = caseload.entries.values().find_map(|entry| {
            let payload = entry.payload.as_ref()?;
            let Body::Founding(founding) = &payload.body else { return None };
            Some((entry.id, entry.author, payload.subject, founding.clone()))
        })?;
        let concern = caseload.concerns.values().find(|state| state.withdrawn.is_none()).cloned();
        let mut entries: Vec<_> = caseload.entries.values().filter(|entry| !caseload.withdrawn.contains_key(&entry.id)).collect();
        // What is still pending comes last, by n.
        entries.sort_by_key(|entry| (entry.seq.unwrap_or(u64::MAX), entry.n));
        let let_in = entries.iter().filter(|entry| !caseload.inadmissible.contains(&entry.id)).filter_map(|entry| {
            let payload = entry.payload.as_ref()?;
            let Body::Reader(reader) = &payload.body else { return None };
            let (user, reads) = (reader.user, reader.reads);
            (reader.of == begun_by).then_some(LetIn { by: entry.id, author: entry.author, at: payload.written_at, user, reads })
        });
        let let_in = let_in.collect();
        let done = |step: Step| {
            let done = entries.iter().filter_map(|entry| {
                let payload = entry.payload.as_ref()?;
                let Body::MeldcodeStep(body) = &payload.body else { return None };
                let done = Done { by: entry.id, author: entry.author, at: payload.written_at, text: body.text.clone() };
                (body.step == step).then_some(done)
            });
            done.collect()
        };
        let steps = Step::ALL.iter().map(|step| (*step, done(*step))).collect();
        Some(Self { founder, subject, begun_by, founding, let_in, concern, steps })
    }

    /// Whether it still runs. Before its worry has come nobody can say that it is over.
    #[must_use]
    pub fn runs(&self) -> bool {
        self.concern.as_ref().is_none_or(|concern| concern.is_open())
    }

    /// What came of it, once it is over.
    #[must_use]
    pub fn came_of(&self) -> Option<&str> {
        let closed = self.concern.as_ref().filter(|concern| !concern.is_open())?;
        closed
            .standing
            .heads()
            .find_map(|head| if let Standing::Closed { came_of } = &head.value { Some(came_of.as_str()) } else { None })
    }

    /// Who reads it: as the office told, and when, with what was said since and what `waits` to be sent; before the office knows of it, as its
    /// founder chose.
    #[must_use]
    pub fn readers(&self, told: Option<(&[UserId], DateTime<Utc>)>, waits: &dyn Fn(EntryId) -> bool) -> Vec<UserId> {
        let chosen = || std::iter::once(self.founder).chain(self.founding.with.iter().copied()).collect();
        let mut readers: Vec<UserId> = told.map_or_else(chosen, |(readers, _)| readers.to_vec());
        let news = |one: &&LetIn| told.is_none_or(|(_, then)| one.at > then || waits(one.by));
        for LetIn { user, reads, .. } in self.let_in.iter().filter(news) {
            readers.retain(|reader| reader != user);
            if *reads {
                readers.push(*user);
            }
        }
        readers
    }

    /// The entry by which somebody reads it too, or no more; nothing if it is not for me to say.
    #[must_use]
    pub fn let_in(&self, me: UserId, role: Role, whom: UserId, as_what: Role, reads: bool) -> Option<(Subject, Body)> {
        let body = Body::from(Reader { of: self.begun_by, user: whom, reads });
        let founding = Target { author: self.founder, kind: "founding".to_owned() };
        let may = may(Actor::User { user: me, role }, JournalKind::Closed, &body, Some(&founding)).is_ok();
        (may && (reads || takes_off(role, as_what))).then_some((self.subject, body))
    }

    /// How many of the five steps were done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|(_, done)| !done.is_empty()).count()
    }

    /// The entry that closes it, or opens it again.
    #[must_use]
    pub fn stand(&self, standing: Standing) -> Option<(Subject, Body)> {
        let concern = self.concern.as_ref()?;
        Some((self.subject, Change { of: concern.entry.id, saw: concern.seen_to_close(), set: Set::Standing(standing) }.into()))
    }
}

/// Who reads a closed journal of this neighbourhood, as its founder chooses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readers {
    /// The neighbourhood's supervisors: always.
    pub supervisors: Vec<UserId>,
    /// The others who work there: one of them may be chosen.
    pub colleagues: Vec<UserId>,
}

impl Readers {
    /// Of those who read the neighbourhood, oneself left out; by name.
    #[must_use]
    pub fn among(readers: &[UserId], me: UserId, staff: &BTreeMap<UserId, Arc<Staff>>) -> Self {
        let mut others: Vec<(&str, Role, UserId)> = readers
            .iter()
            .filter(|reader| **reader != me)
            // Of whom there is no name, nobody can be told that they will read it.
            .filter_map(|reader| staff.get(reader).map(|staff| (staff.name.as_str(), staff.role, *reader)))
            .collect();
        others.sort_unstable_by_key(|(name, _, user)| (*name, *user));
        let of = |wanted: Role| others.iter().filter(|(_, role, _)| *role == wanted).map(|(.., user)| *user).collect();
        Self { supervisors: of(Role::Supervisor), colleagues: of(Role::Worker) }
    }

    /// Those who may be let in later: who works there and does not read it yet, supervisors first.
    #[must_use]
    pub fn others(&self, readers: &[UserId]) -> Vec<UserId> {
        self.supervisors.iter().chain(&self.colleagues).copied().filter(|user| !readers.contains(user)).collect()
    }

    /// Whom a founding names.
    #[must_use]
    pub fn with(&self, chosen: Option<UserId>) -> Vec<UserId> {
        self.supervisors.iter().copied().chain(chosen.filter(|chosen| self.colleagues.contains(chosen))).collect()
    }
}

/// What is written in the closed journal that begins: its founding, and the worry.
#[must_use]
pub fn begin(subject: Subject, founding: Founding, concern: Concern) -> Vec<(Subject, Body)> {
    vec![(subject, founding.into()), (subject, concern.into())]
}

/// Whom it is about: who lives there, or somebody of whom nothing is known yet but where they were met.
#[must_use]
pub fn about(caseload: &Caseload, place: PlaceId, today: NaiveDate, new: HouseholdId) -> (Subject, Option<Body>) {
    match caseload.household_at(place) {
        Some(household) => (Subject::Household(household.id), None),
        None => (Subject::Household(new), Some(Household { door: place, from: today }.into())),
    }
}

/// All that colleagues are told, in the neighbourhood's journal.
#[must_use]
pub fn tell(subject: Subject, begins: Option<Body>, journal: JournalId, lead: UserId, runs: bool) -> Vec<(Subject, Body)> {
    let guarded = Guarded { journal, lead, runs };
    begins.into_iter().chain([guarded.into()]).map(|body| (subject, body)).collect()
}

/// What the neighbourhood was told last of a closed journal.
#[must_use]
pub fn told(neighbourhood: &Caseload, subject: Subject, journal: JournalId) -> Option<&Guarded> {
    let entries = neighbourhood.history.get(&subject).into_iter().flatten().filter_map(|id| neighbourhood.entries.get(id));
    let mut guarded = entries.filter_map(|entry| match &entry.payload.as_ref()?.body {
        Body::Guarded(guarded) if guarded.journal == journal => Some(guarded),
        _ => None,
    });
    guarded.next_back()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::body::{KnownBy, MeldcodeStep, Severity, Tile};
    use crate::domain::{DeviceId, Entry, Payload};

    const SAMIRA: UserId = UserId(Uuid::from_u128(1));
    const INEKE: UserId = UserId(Uuid::from_u128(2));
    const BERT: UserId = UserId(Uuid::from_u128(3));
    const JOURNAL: JournalId = JournalId(Uuid::from_u128(4));
    const HOME: Subject = Subject::Household(HouseholdId(Uuid::from_u128(5)));

    fn concern() -> Concern {
        Concern {
            tile: Tile::UnsafeHome,
            severity: Severity::Discuss,
            facts: Vec::new(),
            seen: "gezien".to_owned(),
            thought: String::new(),
            known_by: KnownBy::SawIt,
            told_by: String::new(),
            owner: None,
            next_step: String::new(),
            due: None,
        }
    }

    fn add(caseload: &mut Caseload, author: UserId, seq: Option<u64>, body: Body) -> EntryId {
        let n = caseload.entries.len() as u64 + 1;
        let id = EntryId(Uuid::from_u128(100 + u128::from(n)));
        let written_at = DateTime::UNIX_EPOCH;
        let payload = Some(Payload { written_at, clock_ahead_ms: None, subject: HOME, group: None, body });
        caseload.apply(Entry { id, author, device: DeviceId(Uuid::nil()), n, seq, received_at: None, payload });
        id
    }

    fn founded() -> (Caseload, EntryId) {
        let mut caseload = Caseload::default();
        let founding = Founding { neighbourhood: JournalId(Uuid::from_u128(9)), with: vec![INEKE] };
        for (_, body) in begin(HOME, founding, concern()) {
            add(&mut caseload, SAMIRA, None, body);
        }
        let id = *caseload.concerns.keys().next().unwrap();
        (caseload, id)
    }

    #[test]
    fn steps_are_done_in_any_order_and_again_and_nothing_of_them_is_lost() {
        let (mut caseload, of) = founded();
        assert_eq!(File::of(&Caseload::default()), None, "any other journal is none");
        let file = File::of(&caseload).unwrap();
        assert_eq!((file.founder, file.subject, file.done(), file.runs(), file.came_of()), (SAMIRA, HOME, 0, true, None));
        let step = |step, text: &str| Body::from(MeldcodeStep { of, step, text: text.to_owned() });
        add(&mut caseload, INEKE, Some(3), step(Step::Weigh, "eerst"));
        add(&mut caseload, SAMIRA, None, step(Step::Signals, "nog niet verstuurd"));
        add(&mut caseload, SAMIRA, Some(4), step(Step::Signals, "daarna"));
        assert_eq!(caseload.inadmissible, Vec::new(), "a step is at home here");
        let file = File::of(&caseload).unwrap();
        assert_eq!(file.done(), 2);
        let texts: Vec<Vec<&str>> =
            file.steps.iter().map(|(_, done)| done.iter().map(|done| done.text.as_str()).collect()).collect();
        assert_eq!(texts, [vec!["daarna", "nog niet verstuurd"], vec![], vec![], vec!["eerst"], vec![]]);
    }

    #[test]
    fn its_founder_or_a_supervisor_says_who_reads_it_and_each_time_stands_there() {
        let (mut caseload, _) = founded();
        let file = File::of(&caseload).unwrap();
        assert_eq!(file.readers(None, &|_| false), [SAMIRA, INEKE]);
        let says = |file: &File, me, role, whom, as_what, reads| file.let_in(me, role, whom, as_what, reads);
        let (worker, supervisor) = (Role::Worker, Role::Supervisor);
        let (subject, let_in) = says(&file, SAMIRA, worker, BERT, worker, true).unwrap();
        assert_eq!(subject, HOME);
        let by = add(&mut caseload, SAMIRA, Some(3), let_in);
        let file = File::of(&caseload).unwrap();
        assert_eq!(file.readers(None, &|_| false), [SAMIRA, INEKE, BERT]);
        // What the office told is newer than what stands here, unless that still waits.
        let (then, office) = (DateTime::UNIX_EPOCH, [SAMIRA, INEKE]);
        assert_eq!(file.readers(Some((&office, then)), &|_| false), office);
        assert_eq!(file.readers(Some((&office, then)), &|of| of == by), [SAMIRA, INEKE, BERT]);
        let before = then - chrono::TimeDelta::minutes(1);
        assert_eq!(file.readers(Some((&office, before)), &|_| false), [SAMIRA, INEKE, BERT]);
        assert_eq!(file.let_in.len(), 1);
        assert_eq!(
            (file.let_in[0].by, file.let_in[0].author, file.let_in[0].user, file.let_in[0].reads),
            (by, SAMIRA, BERT, true)
        );
        // Bert reads it now, and lets nobody in or out.
        for (whom, reads) in [(BERT, false), (INEKE, false), (UserId(Uuid::nil()), true)] {
            assert_eq!(says(&file, BERT, worker, whom, worker, reads), None);
        }
        // The founder takes no supervisor off, and nobody takes off the founder or themselves.
        assert_eq!(says(&file, SAMIRA, worker, INEKE, supervisor, false), None);
        for (me, role, whom) in [(SAMIRA, worker, SAMIRA), (INEKE, supervisor, SAMIRA), (INEKE, supervisor, INEKE)] {
            assert_eq!(says(&file, me, role, whom, worker, false), None);
        }
        let (_, off) = says(&file, INEKE, supervisor, BERT, worker, false).unwrap();
        add(&mut caseload, INEKE, Some(4), off);
        let file = File::of(&caseload).unwrap();
        assert_eq!(file.readers(None, &|_| false), [SAMIRA, INEKE]);
        assert_eq!(file.let_in.len(), 2, "who let in whom stays");
        assert_eq!(caseload.inadmissible, Vec::new());
        let of = add(&mut caseload, SAMIRA, Some(5), Reader { of: by, user: BERT, reads: true }.into());
        assert_eq!(caseload.inadmissible, [of], "it is about the founding, or about nothing");
        assert_eq!(File::of(&caseload).unwrap().readers(None, &|_| false), [SAMIRA, INEKE]);
    }

    #[test]
    fn it_is_over_when_somebody_says_what_came_of_it_and_can_be_opened_again() {
        let (mut caseload, _) = founded();
        let (subject, closes) = File::of(&caseload).unwrap().stand(Standing::Closed { came_of: "hulp".to_owned() }).unwrap();
        assert_eq!(subject, HOME);
        add(&mut caseload, INEKE, None, closes);
        let file = File::of(&caseload).unwrap();
        assert_eq!((file.runs(), file.came_of()), (false, Some("hulp")));
        let (_, opens) = file.stand(Standing::Open).unwrap();
        add(&mut caseload, SAMIRA, None, opens);
        assert!(File::of(&caseload).unwrap().runs());
    }

    #[test]
    fn colleagues_are_told_that_something_runs_and_whom_to_call_and_not_a_word_more() {
        let place = PlaceId(Uuid::from_u128(6));
        let mut neighbourhood = Caseload::default();
        let (subject, begins) = about(&neighbourhood, place, NaiveDate::MIN, HouseholdId(Uuid::from_u128(5)));
        assert_eq!(subject, HOME);
        assert_eq!(told(&neighbourhood, HOME, JOURNAL), None);
        for runs in [true, false] {
            let said = tell(HOME, begins.clone().filter(|_| runs), JOURNAL, INEKE, runs);
            assert!(said.iter().all(|(_, body)| matches!(body, Body::Household(_) | Body::Guarded(_))));
            for (_, body) in said {
                add(&mut neighbourhood, SAMIRA, None, body);
            }
            assert_eq!(told(&neighbourhood, HOME, JOURNAL), Some(&Guarded { journal: JOURNAL, lead: INEKE, runs }));
            assert_eq!(neighbourhood.guarded_at(place).len(), usize::from(runs));
        }
        assert_eq!(
            about(&neighbourhood, place, NaiveDate::MIN, HouseholdId(Uuid::nil())).1,
            None,
            "who lives there is known now"
        );
        assert_eq!(File::of(&neighbourhood), None);
    }

    #[test]
    fn supervisors_always_read_and_one_colleague_may() {
        let staff = |name: &str, role| Arc::new(Staff { name: name.to_owned(), role });
        let stranger = UserId(Uuid::from_u128(8));
        let staff = BTreeMap::from([
            (SAMIRA, staff("Samira", Role::Worker)),
            (INEKE, staff("Ineke", Role::Supervisor)),
            (BERT, staff("Bert", Role::Worker)),
        ]);
        let readers = Readers::among(&[SAMIRA, INEKE, BERT, stranger], SAMIRA, &staff);
        assert_eq!(readers, Readers { supervisors: vec![INEKE], colleagues: vec![BERT] });
        assert_eq!(readers.with(None), [INEKE]);
        assert_eq!(readers.with(Some(BERT)), [INEKE, BERT]);
        assert_eq!(readers.with(Some(stranger)), [INEKE], "nobody else can be chosen");
        assert_eq!(readers.others(&[SAMIRA, INEKE]), [BERT]);
        assert_eq!(readers.others(&[SAMIRA, INEKE, BERT]), []);
    }
}
