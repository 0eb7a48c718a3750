//! The demonstration neighbourhood, planned: the same day and number give the same lines, byte for byte.
//!
//! A year is lived day by day. Whoever writes a line has seen the lines before it, through the same
//! [`noting`](crate::domain::noting) and the same fold as on a phone, so nothing here can be that could not be there.

mod book;
mod calendar;
mod contacts;
mod people;
mod places;
#[cfg(test)]
mod tests;
mod worries;
mod year;

use chrono::{DateTime, Utc};

use self::book::Book;
use super::texts;
use crate::domain::body::Staff;
use crate::domain::{EntryId, Payload, PersonId, Role, Subject, UserId};

/// How many entries `waakvlam demo` writes unless told otherwise.
pub const ENTRIES: usize = 2_000;
const SEED: u64 = 0x7761_616b_766c_616d;

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedUser {
    /// Their id; entries name it.
    pub id: UserId,
    /// What they sign in with.
    pub login_name: &'static str,
    /// What colleagues see.
    pub name: &'static str,
    /// What they are.
    pub role: Role,
}

/// Who writes a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthorRef {
    /// The server itself.
    Server,
    /// One of [`Plan::users`].
    User(usize),
}

/// One line of a journal.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedLine {
    /// Who writes it.
    pub author: AuthorRef,
    /// When the server takes it in; never earlier than the line before.
    pub received_at: DateTime<Utc>,
    /// Its id, a UUIDv7 of the moment of writing.
    pub id: EntryId,
    /// What it says.
    pub payload: Payload,
}

/// All that the demonstration consists of.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Who can sign in: three workers, a supervisor, an administrator, a committee member.
    pub users: Vec<PlannedUser>,
    /// How the neighbourhood is called.
    pub neighbourhood: &'static str,
    /// The lines of the organisation's journal.
    pub organisation: Vec<PlannedLine>,
    /// The lines of the neighbourhood's journal.
    pub lines: Vec<PlannedLine>,
}

/// The login names, in the order of [`Plan::users`].
pub fn staff() -> impl Iterator<Item = &'static str> {
    texts::STAFF.iter().map(|(login_name, _, _)| *login_name)
}

/// Plans the year up to `now`, with about so many entries in the neighbourhood's journal (places, 258 of them, included).
#[must_use]
pub fn plan(now: DateTime<Utc>, entries: usize) -> Plan {
    let mut book = Book::new(SEED, now);
    for (login_name, name, role) in texts::STAFF {
        let role = Role::ALL.into_iter().find(|known| known.as_str() == *role).unwrap_or(Role::Worker);
        let id = UserId(book.id());
        book.users.push(PlannedUser { id, login_name, name, role });
    }
    let users = book.users.clone();
    let start = year::start(now);
    for user in &users {
        let staff = Staff { name: user.name.to_owned(), role: user.role };
        book.write(AuthorRef::Server, start, Subject::Person(PersonId(user.id.0)), staff);
    }
    let organisation = std::mem::take(&mut book.lines);
    book.caseload = crate::domain::Caseload::default();
    let layout = places::build(&mut book, start);
    let lines = year::live(book, &layout, entries);
    Plan { users, neighbourhood: texts::NEIGHBOURHOOD, organisation, lines }
}
