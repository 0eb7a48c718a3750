//! "Laat zien": what a resident can be shown of their own record, standing beside the worker at the door.
//!
//! Whatever is not named here is not shown: a line of [`Says`] has no room for the rest, so a new body or a new field stays hidden until
//! somebody thinks of it. Left out on purpose, and why:
//!
//! - **Who told.** How a thing is known is never said. What a neighbour, a party or somebody unnamed told is shown as a topic only, without
//!   facts and words: in a stairwell of six doors the fact names the one who saw it. A contact that was with anybody but the resident
//!   is not shown at all.
//! - **Another person.** Only entries about the one who looks, and about the household they are part of. Where more than one lives there,
//!   of the household only what happened at the door: no words, and no topic that one of them told. A tie never says with whom; who has a
//!   key or is called when it goes wrong is not named; an interpreter isn't either.
//! - **What protects somebody.** Steps of the Meldcode, that something guarded runs, notes on safe working, signals that it is not safe at home,
//!   help of those who act in danger: who may be the danger may be looking. They are given at the office, by somebody who read them first.
//! - **The worker's thoughts and plans.** What is thought, how serious it counts, who takes it on, whom she called, what a supervisor asked.
//!   The law may give a right to these too: at the office, in peace.
//! - **What does not count.** What was taken back, and words that were corrected.
//!
//! Words that a worker typed can hold anything, a neighbour's name too. So they are shown only where the entry itself is of the one who
//! looks: the note of a talk with them, what the worker saw or they told themselves.
//!
//! The screen always says that there may be more, also where there is none: so that nobody learns from it that there is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::agenda;
use super::body::{
    AgreedBy, Body, Concern, Fact, HowOften, Known, KnownBy, KnownKind, KnownOf, Outcome, Party, Stage, Telling, Tile, VisitKind,
    Who,
};
use super::caseload::{Caseload, ReferralState, VisitState};
use super::entry::{Entry, Subject};
use super::ids::{EntryId, HouseholdId, PersonId, PlaceId};

/// Who is looking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Looks {
    /// Who lives there, none of them in particular.
    Household(HouseholdId),
    /// This one of a household.
    Person(PersonId),
}

impl Looks {
    /// Whom their consent and their objections are about.
    #[must_use]
    pub fn subject(self) -> Subject {
        match self {
            Self::Household(id) => Subject::Household(id),
            Self::Person(id) => Subject::Person(id),
        }
    }
}

/// Under which heading it stands; in the order of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Since when we know you, and how you want to be called.
    You,
    /// What we promised, and how often we come by.
    Agreed,
    /// When we were there.
    Contacts,
    /// What we worry about.
    Worries,
    /// Help that we asked with you, and with whom we may share.
    Help,
    /// Small things done, neighbours you met.
    Small,
    /// What it helps to know.
    GoodToKnow,
}

/// One thing that is written down.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    /// The entry that says it: what "klopt niet" is about.
    pub of: EntryId,
    /// When it was, or was written down.
    pub at: DateTime<Utc>,
    /// What it says.
    pub says: Says,
    /// "Klopt niet", in their own words; empty where the words are somebody else's.
    pub disputed: Vec<String>,
}

/// What a line says; the screen makes sentences of it. Nothing else can be shown.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Says {
    /// Since when we know them.
    KnownSince(NaiveDate),
    /// The role and the name under which they stand there.
    Stands {
        /// The role.
        role: Who,
        /// The name, as they want to be called.
        called: String,
    },
    /// Whether they were told that something is written down.
    CardGiven,
    /// How often we come by.
    Comes(HowOften),
    /// A promise to come back that still stands.
    Promised(NaiveDate),
    /// A contact with them, or an attempt at it.
    Contact {
        /// How.
        kind: VisitKind,
        /// What came of it.
        outcome: Outcome,
        /// What caught the worker's eye.
        facts: Vec<Fact>,
        /// What was noted of a talk with them.
        note: String,
        /// A small thing done.
        gesture: String,
    },
    /// A worry.
    Worry {
        /// About what.
        tile: Tile,
        /// What the worker saw or they told.
        facts: Vec<Fact>,
        /// In words.
        seen: String,
        /// Whether somebody still works on it.
        open: bool,
    },
    /// Help that was asked because they agreed.
    Asked {
        /// Of whom.
        party: Party,
        /// By what word they agreed.
        word: String,
        /// What was shared.
        shared: String,
        /// How far it is.
        stage: Option<Stage>,
        /// How many weeks the waiting list is.
        weeks: Option<u16>,
    },
    /// What they agreed to share from now on, or no longer.
    MayShare {
        /// With whom.
        party: Party,
        /// Given, or withdrawn.
        given: bool,
        /// By whom.
        by: AgreedBy,
        /// By what word of their own.
        word: String,
    },
    /// A small thing done.
    Gesture(String),
    /// A neighbour they met through us; never who.
    Tie,
    /// What it helps to know.
    Known {
        /// What.
        what: KnownKind,
        /// In words.
        text: String,
        /// Until which day.
        until: Option<NaiveDate>,
    },
}

impl Says {
    /// Whether the day belongs to it: it says what was, not what is.
    #[must_use]
    pub fn has_day(&self) -> bool {
        !matches!(self, Self::KnownSince(_) | Self::Stands { .. } | Self::Comes(_) | Self::Promised(_) | Self::Known { .. })
    }
}

/// Whose help is never a topic at the door: they act in danger.
#[must_use]
pub fn is_guarded(party: Party) -> bool {
    matches!(party, Party::SafeAtHome | Party::SafetyHouse | Party::Police)
}

/// Who can be shown something at a place, each household first and then its persons. Nobody where somebody wants to be left alone.
#[must_use]
pub fn lookers(caseload: &Caseload, place: PlaceId) -> Vec<Looks> {
    let households = caseload.behind.get(&place).into_iter().flatten();
    let mut all = Vec::new();
    for household in households.filter_map(|id| caseload.households.get(id)) {
        if Own::of(caseload, Looks::Household(household.id)).is_some() {
            all.push(Looks::Household(household.id));
            all.extend(household.persons.iter().map(|person| Looks::Person(*person)));
        }
    }
    all
}

/// What can be shown to who looks, on a day; the latest first under each heading. Headings with nothing under them are left out.
#[must_use]
pub fn of(caseload: &Caseload, looks: Looks, today: NaiveDate) -> Vec<(Part, Vec<Line>)> {
    let Some(own) = Own::of(caseload, looks) else { return Vec::new() };
    let mut parts: BTreeMap<Part, Vec<Line>> = BTreeMap::new();
    for (part, line) in own.lines(today) {
        parts.entry(part).or_default().push(line);
    }
    for lines in parts.values_mut() {
        lines.sort_by_key(|line| std::cmp::Reverse(line.at));
    }
    parts.into_iter().collect()
}

/// What is somebody's own.
struct Own<'a> {
    caseload: &'a Caseload,
    looks: Looks,
    household: HouseholdId,
    /// Nobody else is known to live there.
    alone: bool,
}

impl<'a> Own<'a> {
    fn of(caseload: &'a Caseload, looks: Looks) -> Option<Self> {
        let id = match looks {
            Looks::Household(id) => id,
            Looks::Person(id) => caseload.persons.get(&id)?.person.household,
        };
        let household = caseload.households.get(&id)?;
        let left_alone = caseload.no_contact.contains_key(&household.household.door);
        (household.ended.is_none() && !left_alone).then(|| Self {
            caseload,
            looks,
            household: id,
            alone: household.persons.len() <= 1,
        })
    }

    /// Whether what is said of this subject is about the one who looks and nobody else.
    fn only_theirs(&self, subject: Subject) -> bool {
        match subject {
            Subject::Person(_) => subject == self.looks.subject(),
            Subject::Household(id) => id == self.household && self.alone,
            Subject::Place(_) => false,
        }
    }

    /// The entries about them that count, in order.
    fn entries(&self) -> impl Iterator<Item = (&'a Entry, Subject)> {
        let caseload = self.caseload;
        let mut subjects = vec![Subject::Household(self.household)];
        if matches!(self.looks, Looks::Person(_)) {
            subjects.push(self.looks.subject());
        }
        subjects
            .into_iter()
            .flat_map(move |subject| caseload.history.get(&subject).into_iter().flatten().map(move |id| (id, subject)))
            .filter(move |(id, _)| !caseload.withdrawn.contains_key(id))
            .filter_map(move |(id, subject)| caseload.entries.get(id).map(|entry| (Arc::as_ref(entry), subject)))
    }

    fn lines(&self, today: NaiveDate) -> Vec<(Part, Line)> {
        let mut lines = Vec::new();
        let promises: BTreeSet<EntryId> =
            agenda::open_promises(self.caseload).into_iter().map(|(_, promise)| promise.of).collect();
        let mut shares: BTreeMap<Party, Line> = BTreeMap::new();
        for (entry, subject) in self.entries() {
            let Some(payload) = &entry.payload else { continue };
            let line = |says| Line { of: entry.id, at: payload.written_at, says, disputed: self.disputed(entry.id) };
            let theirs = self.only_theirs(subject);
            match &payload.body {
                Body::Household(household) => lines.push((Part::You, line(Says::KnownSince(household.from)))),
                Body::Told(told) if told.how == Telling::CardGiven => lines.push((Part::You, line(Says::CardGiven))),
                Body::Visit(_) => {
                    if let Some(state) = self.caseload.visits.get(&entry.id) {
                        self.visit(state, theirs, &promises, &mut lines);
                    }
                }
                Body::Concern(_) => {
                    if let Some(state) = self.caseload.concerns.get(&entry.id)
                        && let Some(says) = self.worry(&state.concern, state.is_open(), theirs)
                    {
                        lines.push((Part::Worries, line(says)));
                    }
                }
                Body::Referral(_) if theirs => {
                    if let Some(says) = self.caseload.referrals.get(&entry.id).and_then(|state| self.asked(state)) {
                        lines.push((Part::Help, line(says)));
                    }
                }
                Body::Consent(consent) if theirs && !is_guarded(consent.party) => {
                    let by = consent.agreed.by;
                    let word = own_word(by, &consent.agreed.word);
                    let says = Says::MayShare { party: consent.party, given: consent.given, by, word };
                    shares.insert(consent.party, line(says));
                }
                Body::Gesture(gesture) if theirs => lines.push((Part::Small, line(Says::Gesture(gesture.what.clone())))),
                Body::Tie(tie) if theirs && tie.willing => lines.push((Part::Small, line(Says::Tie))),
                Body::Known(known) if theirs && self.still_so(entry.id, known, today) => {
                    lines.push((Part::GoodToKnow, line(self::known(known))));
                }
                _ => {}
            }
        }
        lines.extend(shares.into_values().map(|line| (Part::Help, line)));
        lines.extend(self.stands());
        lines.extend(self.comes());
        lines
    }

    /// Under which name they stand there: as last said.
    fn stands(&self) -> Option<(Part, Line)> {
        let household = self.caseload.households.get(&self.household)?;
        let id = match self.looks {
            Looks::Person(id) => id,
            Looks::Household(_) if self.alone => *household.persons.first()?,
            Looks::Household(_) => return None,
        };
        let history = self.caseload.history.get(&Subject::Person(id))?;
        let said = |id: &&EntryId| {
            let entry = self.caseload.entries.get(*id);
            entry.and_then(|entry| entry.payload.as_ref()).is_some_and(|payload| matches!(payload.body, Body::Person(_)))
        };
        let of = *history.iter().rev().find(said)?;
        let at = self.caseload.entries.get(&of)?.payload.as_ref()?.written_at;
        let person = &self.caseload.persons.get(&id)?.person;
        let says = Says::Stands { role: person.role, called: person.called.clone() };
        Some((Part::You, Line { of, at, says, disputed: self.disputed(of) }))
    }

    fn comes(&self) -> Option<(Part, Line)> {
        let flame = self.caseload.households.get(&self.household)?.flame.as_ref()?;
        let greatest = flame.greatest();
        let head = flame.heads().find(|head| head.value == *greatest)?;
        let line = Line { of: head.by, at: head.at, says: Says::Comes(*greatest), disputed: self.disputed(head.by) };
        Some((Part::Agreed, line))
    }

    fn visit(&self, state: &VisitState, theirs: bool, promises: &BTreeSet<EntryId>, lines: &mut Vec<(Part, Line)>) {
        let visit = &state.visit;
        // With a neighbour, a partner, a professional: what they said is theirs, and that we spoke with them, too.
        if !matches!(visit.who, None | Some(Who::Resident)) {
            return;
        }
        let of = state.entry.id;
        let line = |says| Line { of, at: state.when(), says, disputed: self.disputed(of) };
        let talked = theirs && visit.outcome == Outcome::Spoken;
        let words = |text: &str| if talked { text.to_owned() } else { String::new() };
        let (kind, outcome) = (visit.kind, visit.outcome);
        // A worker who stands at a door sees for herself.
        let facts = if theirs { visit.facts.clone() } else { Vec::new() };
        let says = Says::Contact { kind, outcome, facts, note: words(&visit.note), gesture: words(&visit.gesture) };
        lines.push((Part::Contacts, line(says)));
        if let Some(day) = visit.follow_up.filter(|_| promises.contains(&of)) {
            lines.push((Part::Agreed, line(Says::Promised(day))));
        }
    }

    fn worry(&self, concern: &Concern, open: bool, theirs: bool) -> Option<Says> {
        if concern.tile == Tile::UnsafeHome {
            return None;
        }
        let saw_it = concern.known_by == KnownBy::SawIt && concern.told_by.trim().is_empty();
        let told_it = concern.known_by == KnownBy::Resident && concern.told_by.trim().is_empty();
        if !theirs && !saw_it {
            return None;
        }
        let (facts, seen) = if theirs && (saw_it || told_it) {
            (concern.facts.clone(), concern.seen.clone())
        } else {
            (Vec::new(), String::new())
        };
        Some(Says::Worry { tile: concern.tile, facts, seen, open })
    }

    fn asked(&self, state: &ReferralState) -> Option<Says> {
        let referral = &state.referral;
        // Only what they agreed to themselves, and that comes from a worry which they are shown with its words.
        let agreed = referral.agreed.as_ref().filter(|agreed| agreed.by == AgreedBy::Resident)?;
        let concern = self.caseload.concerns.get(&referral.of)?;
        let subject = concern.entry.payload.as_ref()?.subject;
        let shown = self.worry(&concern.concern, true, self.only_theirs(subject)).is_some();
        let ours =
            matches!(concern.concern.known_by, KnownBy::SawIt | KnownBy::Resident) && concern.concern.told_by.trim().is_empty();
        if is_guarded(referral.party) || !shown || !ours || !self.only_theirs(subject) {
            return None;
        }
        let weeks =
            state.steps.iter().rev().find_map(|step| step.step.weeks).filter(|_| state.stage() == Some(Stage::WaitingList));
        let (word, shared) = (agreed.word.clone(), referral.shared.clone());
        Some(Says::Asked { party: referral.party, word, shared, stage: state.stage(), weeks })
    }

    fn still_so(&self, id: EntryId, known: &Known, today: NaiveDate) -> bool {
        let over = self.caseload.settled.contains_key(&id) || known.until.is_some_and(|until| until < today);
        !over && known.what.of() != KnownOf::Safety
    }

    /// What was said against an entry by who looks, or by the household they are part of.
    fn disputed(&self, of: EntryId) -> Vec<String> {
        let said = self.entries().filter_map(|(entry, subject)| match &entry.payload.as_ref()?.body {
            Body::Objection(objection) if objection.of == of => {
                Some(if self.only_theirs(subject) { objection.word.clone() } else { String::new() })
            }
            _ => None,
        });
        said.collect()
    }
}

/// A word counts as theirs only when they said it themselves.
fn own_word(by: AgreedBy, word: &str) -> String {
    if by == AgreedBy::Resident { word.to_owned() } else { String::new() }
}

fn known(known: &Known) -> Says {
    // Who has a key and who is called are other people: that they are known is said, not who.
    let text = if known.what.of() == KnownOf::Emergency { String::new() } else { known.text.clone() };
    Says::Known { what: known.what, text, until: known.until }
}
