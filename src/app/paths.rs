//! The addresses of the screens, in one place. Ids are random and never a secret; nothing personal stands in an address.

use crate::domain::{EntryId, PlaceId};

/// A screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// What today asks; the start.
    Today,
    /// Enrolment: the code stands in the fragment.
    Enrol,
    /// Sign in on a phone that does not know the account.
    SignIn,
    /// Open an account of this phone.
    Unlock,
    /// All doors.
    Doors,
    /// Quick note: choose a door.
    Note,
    /// Quick note: the tiles.
    NoteAt(PlaceId),
    /// A door with its history.
    Door(PlaceId),
    /// A door, where this was just saved.
    DoorSaved(PlaceId, EntryId),
    /// The full contact.
    Contact(PlaceId),
    /// "Aanvullen": correct a contact just noted.
    Complete(PlaceId, EntryId),
    /// "Ik maak me zorgen".
    Concern(PlaceId),
    /// What waits to be sent.
    Outbox,
    /// What came in, for the supervisor.
    Inbox,
    /// One entry that came in.
    InboxEntry(EntryId),
    /// Users, for the administrator.
    Users,
    /// The committee's page.
    Committee,
}

impl std::fmt::Display for Path {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Today => f.write_str("/"),
            Self::Enrol => f.write_str("/aanmelden"),
            Self::SignIn => f.write_str("/inloggen"),
            Self::Unlock => f.write_str("/openen"),
            Self::Doors => f.write_str("/deuren"),
            Self::Note => f.write_str("/noteren"),
            Self::NoteAt(place) => write!(f, "/noteren/{place}"),
            Self::Door(place) => write!(f, "/deur/{place}"),
            Self::DoorSaved(place, entry) => write!(f, "/deur/{place}?opgeslagen={entry}"),
            Self::Contact(place) => write!(f, "/deur/{place}/contact"),
            Self::Complete(place, entry) => write!(f, "/deur/{place}/contact/{entry}"),
            Self::Concern(place) => write!(f, "/deur/{place}/zorgen"),
            Self::Outbox => f.write_str("/versturen"),
            Self::Inbox => f.write_str("/binnengekomen"),
            Self::InboxEntry(entry) => write!(f, "/binnengekomen/{entry}"),
            Self::Users => f.write_str("/gebruikers"),
            Self::Committee => f.write_str("/buurt"),
        }
    }
}
