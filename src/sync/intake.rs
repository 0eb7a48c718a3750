//! The server's half of a push, as a pure function: what was sent, and what was found about it, give
//! what is done with it. Storage looks up and writes; nothing is decided there.

use super::chain::{Bytes32, commitment, founded};
use super::wire::{Reason, Written};
use crate::domain::body::Founding;
use crate::domain::entry::Malformed;
use crate::domain::rights::{Actor, Target};
use crate::domain::{Body, EntryId, JournalId, JournalKind, Payload, Role, Subject, UserId, json, may};

/// A record that was opened and reads as an entry.
#[derive(Clone, Debug)]
pub struct Opened {
    /// As written.
    pub written: Written,
    /// SHA-256(salt ‖ payload).
    pub commitment: Bytes32,
    /// The payload, read.
    pub payload: Payload,
}

impl Opened {
    /// The entry that this one is about: storage looks up its author and type.
    #[must_use]
    pub fn target(&self) -> Option<EntryId> {
        self.payload.body.of()
    }
}

/// Reads what a record held. `n` is the number outside the seal.
pub fn open(n: u64, bytes: &[u8]) -> Result<Opened, Reason> {
    let written: Written = json::read(bytes).map_err(|_| Reason::NotAnEntry)?;
    if written.n != n {
        return Err(Reason::WrongNumber);
    }
    let payload = Payload::parse(written.payload.get()).map_err(|why| match why {
        Malformed::Frame | Malformed::Body { .. } => Reason::NotAnEntry,
    })?;
    if matches!(payload.body, Body::Unknown { .. }) {
        return Err(Reason::UnknownType);
    }
    let commitment = commitment(&written.salt, written.payload.get());
    Ok(Opened { written, commitment, payload })
}

/// What an entry says of the journal that it founds, if it founds this one.
#[must_use]
pub fn founding<'a>(journal: JournalId, author: UserId, commitment: &Bytes32, payload: &'a Payload) -> Option<&'a Founding> {
    match &payload.body {
        Body::Founding(founding) if founded(author, commitment) == journal => Some(founding),
        _ => None,
    }
}

/// Which entry a record held and whom it was about, also where it could not become one: what was set apart can be erased, too.
#[must_use]
pub fn about(bytes: &[u8]) -> Option<(EntryId, Option<Subject>)> {
    let written: Written = json::read(bytes).ok()?;
    Some((written.id, Subject::of(written.payload.get())))
}

/// What storage found, inside the transaction.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The number and commitment of the entry with this id, in this journal.
    pub same_id: Option<(u64, Bytes32)>,
    /// The entry with this id stands in another journal.
    pub id_elsewhere: bool,
    /// Whether this device has another entry with this n.
    pub same_n: bool,
    /// Author and type of the entry that this one is about.
    pub target: Option<Target>,
    /// Its id, or its subject, is on the list of erasures.
    pub erased: bool,
    /// It is the [`founding`] of this journal.
    pub founds: bool,
}

/// What is to be done with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is there already, under this number: answer so.
    Known(u64),
    /// Give it the next number.
    Store {
        /// Another entry of this device has this n: the phone was cloned.
        cloned: bool,
    },
    /// Keep the raw bytes apart.
    Quarantine(Reason),
    /// Keep nothing: it was erased, or is about somebody who was.
    Erased,
}

/// Decides. `role` is the writer's role in this journal now, `None` when the grant was taken back.
#[must_use]
pub fn judge(author: UserId, role: Option<Role>, kind: JournalKind, opened: &Opened, found: &Found) -> Verdict {
    // What was taken once stays taken, whatever became of the grant since: the same answer, the same number.
    match found.same_id {
        // Also where its number is known: it does not come back with its id, so the phone would wait for it for ever.
        Some((_, known)) if known == opened.commitment && found.erased => return Verdict::Erased,
        Some((seq, known)) if known == opened.commitment => return Verdict::Known(seq),
        Some(_) => return Verdict::Quarantine(Reason::IdTaken),
        None if found.erased => return Verdict::Erased,
        None if found.id_elsewhere => return Verdict::Quarantine(Reason::IdTaken),
        None => {}
    }
    let Some(role) = role else { return Verdict::Quarantine(Reason::NoGrant) };
    let actor = Actor::User { user: author, role };
    // The founding of another journal founds nothing here.
    if matches!(opened.payload.body, Body::Founding(_)) && !found.founds {
        return Verdict::Quarantine(Reason::NotAllowed);
    }
    // Who reads is a matter of this journal's founding; what gives a grant can't wait for it.
    if matches!(opened.payload.body, Body::Reader(_)) && found.target.is_none() {
        return Verdict::Quarantine(Reason::NotAllowed);
    }
    if may(actor, kind, &opened.payload.body, found.target.as_ref()).is_err() {
        return Verdict::Quarantine(Reason::NotAllowed);
    }
    Verdict::Store { cloned: found.same_n }
}

/// Decides about an offered entry, of whomever: its receipt says that it was taken once, so nothing else is asked.
#[must_use]
pub fn judge_offer(receipted: bool, commitment: &Bytes32, found: &Found) -> Option<Verdict> {
    match found.same_id {
        _ if !receipted => None,
        // Also where its number is known: it does not come back with its id, so the phone would wait for ever.
        _ if found.erased => Some(Verdict::Erased),
        Some((seq, known)) if known == *commitment => Some(Verdict::Known(seq)),
        None if !found.id_elsewhere => Some(Verdict::Store { cloned: found.same_n }),
        _ => None,
    }
}
