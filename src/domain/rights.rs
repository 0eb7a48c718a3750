//! Who may read a journal, and who may write which body about whose entry. Denied unless granted.
//!
//! [`may`] is asked in three places that must agree: by the screen (to show no button that fails),
//! by the server at the push (what fails is quarantined) and by the fold (what slipped through has
//! no effect).

use serde::{Deserialize, Serialize};

use super::body::{Body, Reader, Settled, SettledAs, Stage};
use super::ids::UserId;

/// What somebody is in a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Visits, notes, worries.
    Worker,
    /// Reviews what was synced.
    Supervisor,
    /// Reads summaries.
    Committee,
    /// Manages, does not read.
    Administrator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Worker, Self::Supervisor, Self::Committee, Self::Administrator];

    /// As it stands in the database and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Supervisor => "supervisor",
            Self::Committee => "committee",
            Self::Administrator => "administrator",
        }
    }
}

/// What a journal is for; it decides who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum JournalKind {
    /// One neighbourhood.
    Neighbourhood,
    /// One delicate concern or round table, born closed.
    Closed,
    /// Staff names, parties, help lines: all staff.
    Organisation,
    /// Grants and settings.
    Administration,
}

impl JournalKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Neighbourhood, Self::Closed, Self::Organisation, Self::Administration];

    /// As it stands in the database and on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Neighbourhood => "neighbourhood",
            Self::Closed => "closed",
            Self::Organisation => "organisation",
            Self::Administration => "administration",
        }
    }
}

/// Who is asking, in which journal. Without a grant there is no actor at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody with a grant on this journal.
    User {
        /// Who.
        user: UserId,
        /// As what.
        role: Role,
    },
    /// The server itself: imports, staff names, whom to call.
    Server,
}

/// The entry that a body is about, as far as the one who judges knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Who wrote it.
    pub author: UserId,
    /// Its type.
    pub kind: String,
}

/// Why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// This role may not write this here.
    #[error("this role may not write this type of entry in this journal")]
    Role,
    /// Only the writer may correct or withdraw.
    #[error("only the writer of an entry may correct or withdraw it")]
    NotYours,
    /// That type of entry can't be the object of this one.
    #[error("an entry of this type can't be about an entry of that type")]
    Target,
    /// This version does not know the type, so nobody can say who may write it.
    #[error("this type of entry is not known here")]
    UnknownType,
}

/// Whether a role reads a journal of this kind when it has a grant on it.
#[must_use]
pub fn may_read(role: Role, kind: JournalKind) -> bool {
    match kind {
        JournalKind::Neighbourhood | JournalKind::Closed => matches!(role, Role::Worker | Role::Supervisor),
        JournalKind::Organisation => matches!(role, Role::Worker | Role::Supervisor | Role::Administrator),
        JournalKind::Administration => matches!(role, Role::Administrator),
    }
}

/// Whether a role reads the summaries of a journal of this kind when it has a grant on it. Only the committee: whoever
/// reads the entries needs no summary, and the fewer hold both, the fewer can lay one beside the other.
#[must_use]
pub fn may_read_summaries(role: Role, kind: JournalKind) -> bool {
    role == Role::Committee && kind == JournalKind::Neighbourhood
}

/// Whether a role on a neighbourhood's journal is one in which somebody begins a closed journal there, or is let into one.
#[must_use]
pub fn founds(role: Role) -> bool {
    matches!(role, Role::Worker | Role::Supervisor)
}

// What the office says is replaced, never taken back.
fn of_the_office(kind: &str) -> bool {
    matches!(kind, "place" | "place_hidden" | "staff" | "help_line" | "party_contact")
}

/// Who may write which body about whose entry. A target that is not known (yet) is no reason to
/// refuse: the fold asks again when it is there.
pub fn may(actor: Actor, kind: JournalKind, body: &Body, target: Option<&Target>) -> Result<(), Refusal> {
    let role_allows = match (actor, body) {
        (_, Body::Unknown { .. }) => return Err(Refusal::UnknownType),
        (Actor::Server, Body::Place(_) | Body::PlaceHidden(_)) => kind == JournalKind::Neighbourhood,
        (Actor::Server, Body::Staff(_) | Body::HelpLine(_) | Body::PartyContact(_)) => kind == JournalKind::Organisation,
        (Actor::Server, _) => false,
        (Actor::User { role, .. }, Body::Staff(_) | Body::HelpLine(_) | Body::PartyContact(_)) => {
            role == Role::Administrator && kind == JournalKind::Organisation
        }
        (Actor::User { role, .. }, _) if !matches!(kind, JournalKind::Neighbourhood | JournalKind::Closed) => {
            let _ = role;
            false
        }
        (Actor::User { role, .. }, Body::Review(_) | Body::Place(_) | Body::PlaceHidden(_)) => role == Role::Supervisor,
        // Without consent a supervisor takes it upon herself; so too when somebody's wish to be left alone is set aside.
        (Actor::User { role, .. }, Body::ReferralStep(step)) if step.stage == Stage::Released => role == Role::Supervisor,
        (Actor::User { role, .. }, Body::Settled(settled)) if settled.how == SettledAs::Overruled => role == Role::Supervisor,
        // The steps stand in the closed journal; that something runs, in the neighbourhood's.
        (Actor::User { role, .. }, Body::MeldcodeStep(_) | Body::Founding(_) | Body::Reader(_)) => {
            kind == JournalKind::Closed && founds(role)
        }
        (Actor::User { role, .. }, Body::Guarded(_)) => {
            kind == JournalKind::Neighbourhood && matches!(role, Role::Worker | Role::Supervisor)
        }
        (Actor::User { role, .. }, _) => matches!(role, Role::Worker | Role::Supervisor),
    };
    if !role_allows {
        return Err(Refusal::Role);
    }
    let Some(target) = target else { return Ok(()) };
    let fits = match body {
        Body::Correction(_) => target.kind == "visit",
        Body::Change(_) | Body::Rewording(_) | Body::Called(_) | Body::Referral(_) | Body::MeldcodeStep(_) => {
            target.kind == "concern"
        }
        Body::ReferralStep(_) => target.kind == "referral",
        Body::Reader(_) => target.kind == "founding",
        Body::Settled(settled) => match settled.how {
            SettledAs::Kept | SettledAs::Dropped => target.kind == "visit",
            SettledAs::Over => matches!(target.kind.as_str(), "known" | "no_contact" | "building"),
            SettledAs::LedTo => matches!(target.kind.as_str(), "visit" | "gesture" | "tie"),
            SettledAs::Answered => target.kind == "review",
            SettledAs::Overruled => target.kind == "no_contact",
            SettledAs::NotBsn => !of_the_office(&target.kind),
        },
        Body::Objection(_) => !of_the_office(&target.kind),
        // A grant does not follow a taking back: it is taken back by another of its kind.
        Body::Withdrawal(_) => !matches!(target.kind.as_str(), "withdrawal" | "reader") && !of_the_office(&target.kind),
        _ => true,
    };
    if !fits {
        return Err(Refusal::Target);
    }
    match (body, actor) {
        (Body::Correction(_) | Body::Rewording(_) | Body::Withdrawal(_), Actor::User { user, .. }) if user != target.author => {
            Err(Refusal::NotYours)
        }
        (Body::Settled(Settled { how: SettledAs::NotBsn, .. }), Actor::User { user, .. }) if user != target.author => {
            Err(Refusal::NotYours)
        }
        (Body::Reader(reader), Actor::User { user, role }) => lets_in(user, role, reader, target.author),
        _ => Ok(()),
    }
}

/// Whether somebody chooses who reads a closed journal: its founder, or a supervisor who reads it. Not whom colleagues call: who that is stands in the
/// neighbourhood's journal, where any of them can write it. Nobody takes the founder off, nor themselves: it never rests on nobody.
fn lets_in(user: UserId, role: Role, reader: &Reader, founder: UserId) -> Result<(), Refusal> {
    if role != Role::Supervisor && user != founder {
        return Err(Refusal::NotYours);
    }
    if !reader.reads && [user, founder].contains(&reader.user) {
        return Err(Refusal::Target);
    }
    Ok(())
}

/// Whether somebody of this role takes off one of that role: a supervisor is taken off by a supervisor only.
#[must_use]
pub fn takes_off(by: Role, whom: Role) -> bool {
    by == Role::Supervisor || whom != Role::Supervisor
}
