//! The addresses of the screens, in one place, written and read. Ids are random and never a secret; nothing personal stands in an
//! address.
//!
//! Reading is one plain function instead of a tree of typed routes: it can be tested anywhere, and a new screen is one more line.

use std::fmt;
use std::str::FromStr;

use crate::domain::{EntryId, HouseholdId, JournalId, PlaceId};

/// What the address of a door says that was just saved there.
const SAVED: &str = "opgeslagen";

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
    /// A stairwell, complex, street or spot.
    Place(PlaceId),
    /// Somebody was met there whose door is not known.
    Met(PlaceId),
    /// Who lives behind a door that is not known yet.
    Household(HouseholdId),
    /// What it helps to know about a door.
    Knowing(PlaceId),
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
    /// The full contact, begun as an activity on a spot.
    Activity(PlaceId),
    /// "Ik maak me zorgen".
    Concern(PlaceId),
    /// "Verbeteren": the words of a worry of one's own.
    Reword(PlaceId, EntryId),
    /// The closed journals that are on this phone.
    Apart,
    /// One of them. Its id says nothing: neither about whom it is, nor that it is closed.
    ApartIn(JournalId),
    /// "Hulp vragen bij …", from this concern at this place.
    Referral(PlaceId, EntryId),
    /// A small thing done.
    Gesture(PlaceId),
    /// Neighbours brought together.
    Tie(PlaceId),
    /// What is not finished yet.
    Drafts,
    /// What a resident can be shown of their own record.
    Showing(PlaceId),
    /// The card that tells a resident what is written down.
    Card(PlaceId),
    /// Everything on this phone, found while typing.
    Search,
    /// A practice neighbourhood, without an account.
    Practice,
    /// What waits to be sent.
    Outbox,
    /// "Meer": how one likes it, and where the rest is.
    Settings,
    /// What I noted today.
    MyDay,
    /// One page for a colleague.
    Handover,
    /// How it works.
    Help,
    /// Opening with a fingerprint or a face: turned on and off.
    ByFinger,
    /// What came in, for the supervisor.
    Inbox,
    /// One entry that came in.
    InboxEntry(EntryId),
    /// Users, for the administrator.
    Users,
    /// The committee's page.
    Committee,
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Today => f.write_str("/"),
            Self::Enrol => f.write_str("/aanmelden"),
            Self::SignIn => f.write_str("/inloggen"),
            Self::Unlock => f.write_str("/openen"),
            Self::Doors => f.write_str("/deuren"),
            Self::Place(place) => write!(f, "/plek/{place}"),
            Self::Met(place) => write!(f, "/plek/{place}/iemand"),
            Self::Household(household) => write!(f, "/bewoning/{household}"),
            Self::Knowing(place) => write!(f, "/deur/{place}/weten"),
            Self::Note => f.write_str("/noteren"),
            Self::NoteAt(place) => write!(f, "/noteren/{place}"),
            Self::Door(place) => write!(f, "/deur/{place}"),
            Self::DoorSaved(place, entry) => write!(f, "/deur/{place}?{SAVED}={entry}"),
            Self::Contact(place) => write!(f, "/deur/{place}/contact"),
            Self::Complete(place, entry) => write!(f, "/deur/{place}/contact/{entry}"),
            Self::Activity(place) => write!(f, "/deur/{place}/activiteit"),
            Self::Concern(place) => write!(f, "/deur/{place}/zorgen"),
            Self::Reword(place, entry) => write!(f, "/deur/{place}/zorgen/{entry}"),
            Self::Apart => f.write_str("/apart"),
            Self::ApartIn(journal) => write!(f, "/apart/{journal}"),
            Self::Referral(place, concern) => write!(f, "/deur/{place}/hulp/{concern}"),
            Self::Gesture(place) => write!(f, "/deur/{place}/gebaar"),
            Self::Tie(place) => write!(f, "/deur/{place}/samen"),
            Self::Drafts => f.write_str("/nog-niet-af"),
            Self::Showing(place) => write!(f, "/deur/{place}/laat-zien"),
            Self::Card(place) => write!(f, "/deur/{place}/kaartje"),
            Self::Search => f.write_str("/zoeken"),
            Self::Practice => f.write_str("/oefenen"),
            Self::Outbox => f.write_str("/versturen"),
            Self::Settings => f.write_str("/instellingen"),
            Self::MyDay => f.write_str("/mijn-dag"),
            Self::Handover => f.write_str("/overdracht"),
            Self::Help => f.write_str("/hulp"),
            Self::ByFinger => f.write_str("/vinger"),
            Self::Inbox => f.write_str("/binnengekomen"),
            Self::InboxEntry(entry) => write!(f, "/binnengekomen/{entry}"),
            Self::Users => f.write_str("/gebruikers"),
            Self::Committee => f.write_str("/buurt"),
        }
    }
}

impl Path {
    /// The screen at an address. An address that is none of ours, or with an id that is none, is no screen.
    #[must_use]
    pub fn parse(path: &str, query: &str) -> Option<Self> {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        Some(match parts.as_slice() {
            [] => Self::Today,
            ["aanmelden"] => Self::Enrol,
            ["inloggen"] => Self::SignIn,
            ["openen"] => Self::Unlock,
            ["deuren"] => Self::Doors,
            ["plek", place] => Self::Place(id(place)?),
            ["plek", place, "iemand"] => Self::Met(id(place)?),
            ["bewoning", household] => Self::Household(id(household)?),
            ["deur", place, "weten"] => Self::Knowing(id(place)?),
            ["noteren"] => Self::Note,
            ["noteren", place] => Self::NoteAt(id(place)?),
            ["deur", place] => match saved(query) {
                Some(entry) => Self::DoorSaved(id(place)?, entry),
                None => Self::Door(id(place)?),
            },
            ["deur", place, "contact"] => Self::Contact(id(place)?),
            ["deur", place, "contact", entry] => Self::Complete(id(place)?, id(entry)?),
            ["deur", place, "activiteit"] => Self::Activity(id(place)?),
            ["deur", place, "zorgen"] => Self::Concern(id(place)?),
            ["deur", place, "zorgen", entry] => Self::Reword(id(place)?, id(entry)?),
            ["apart"] => Self::Apart,
            ["apart", journal] => Self::ApartIn(id(journal)?),
            ["deur", place, "hulp", concern] => Self::Referral(id(place)?, id(concern)?),
            ["deur", place, "gebaar"] => Self::Gesture(id(place)?),
            ["deur", place, "samen"] => Self::Tie(id(place)?),
            ["nog-niet-af"] => Self::Drafts,
            ["deur", place, "laat-zien"] => Self::Showing(id(place)?),
            ["deur", place, "kaartje"] => Self::Card(id(place)?),
            ["zoeken"] => Self::Search,
            ["oefenen"] => Self::Practice,
            ["versturen"] => Self::Outbox,
            ["instellingen"] => Self::Settings,
            ["mijn-dag"] => Self::MyDay,
            ["overdracht"] => Self::Handover,
            ["hulp"] => Self::Help,
            ["vinger"] => Self::ByFinger,
            ["binnengekomen"] => Self::Inbox,
            ["binnengekomen", entry] => Self::InboxEntry(id(entry)?),
            ["gebruikers"] => Self::Users,
            ["buurt"] => Self::Committee,
            _ => return None,
        })
    }

    /// The screen without what it shows at the moment: while this stays the same, the screen stays.
    #[must_use]
    pub fn screen(self) -> Self {
        match self {
            Self::DoorSaved(place, _) => Self::Door(place),
            Self::InboxEntry(_) => Self::Inbox,
            other => other,
        }
    }
}

/// What lies half-written, as the name of its draft says it: `form:place`, `form:place:entry` (more may follow), or `apart:journal`. The name lies
/// readable on the phone, so it holds a form and ids and nothing else; and the place's id, by which it goes when somebody there is erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HalfDone {
    /// Which form.
    pub form: String,
    /// Where; what lies in a closed journal does not say.
    pub place: Option<PlaceId>,
    /// The entry that it is about, or whom it is about.
    pub entry: Option<EntryId>,
    /// The screen on which it goes on; none for a form that this list does not know.
    pub path: Option<Path>,
}

impl HalfDone {
    /// What a draft's name says; nothing where it names no place.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        let mut parts = name.split(':');
        let form = parts.next()?.to_owned();
        let first = parts.next()?;
        if form == "apart" {
            return Some(Self { form, place: None, entry: None, path: Some(Path::ApartIn(id(first)?)) });
        }
        let place = id(first)?;
        let entry = parts.next().and_then(id);
        let path = match (form.as_str(), entry) {
            ("contact", None) => Some(Path::Contact(place)),
            ("contact", Some(entry)) => Some(Path::Complete(place, entry)),
            ("concern", None) => Some(Path::Concern(place)),
            ("concern", Some(entry)) => Some(Path::Reword(place, entry)),
            ("knowing", None) => Some(Path::Knowing(place)),
            ("told", None) => Some(Path::Card(place)),
            ("objection" | "consent", Some(_)) => Some(Path::Showing(place)),
            ("worry", Some(household)) => Some(Path::Household(HouseholdId(household.0))),
            // Asked in a dialog on the page of the place, which opens by itself (`app/going_on.rs`).
            ("close" | "called" | "led_to" | "answer" | "over" | "release", Some(_)) => Some(Path::Door(place)),
            ("question", Some(entry)) => Some(Path::InboxEntry(entry)),
            ("referral", Some(concern)) => Some(Path::Referral(place, concern)),
            ("gesture", None) => Some(Path::Gesture(place)),
            ("tie", None) => Some(Path::Tie(place)),
            _ => None,
        };
        Some(Self { form, place: Some(place), entry, path })
    }
}

fn id<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn saved(query: &str) -> Option<EntryId> {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(name, _)| *name == SAVED).find_map(|(_, entry)| id(entry))
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn every_address_leads_back_to_its_screen() {
        let (place, entry) = (PlaceId(Uuid::from_u128(7)), EntryId(Uuid::from_u128(9)));
        let all = [
            Path::Today,
            Path::Enrol,
            Path::SignIn,
            Path::Unlock,
            Path::Doors,
            Path::Place(place),
            Path::Met(place),
            Path::Household(HouseholdId(Uuid::from_u128(8))),
            Path::Knowing(place),
            Path::Note,
            Path::NoteAt(place),
            Path::Door(place),
            Path::DoorSaved(place, entry),
            Path::Contact(place),
            Path::Complete(place, entry),
            Path::Activity(place),
            Path::Concern(place),
            Path::Reword(place, entry),
            Path::Apart,
            Path::ApartIn(JournalId(Uuid::from_u128(11))),
            Path::Referral(place, entry),
            Path::Gesture(place),
            Path::Tie(place),
            Path::Drafts,
            Path::Showing(place),
            Path::Card(place),
            Path::Search,
            Path::Practice,
            Path::Outbox,
            Path::Settings,
            Path::MyDay,
            Path::Handover,
            Path::Help,
            Path::ByFinger,
            Path::Inbox,
            Path::InboxEntry(entry),
            Path::Users,
            Path::Committee,
        ];
        for path in all {
            let address = path.to_string();
            let (before, query) = address.split_once('?').unwrap_or((&address, ""));
            assert_eq!(Path::parse(before, query), Some(path), "{address}");
        }
    }

    #[test]
    fn a_draft_leads_back_to_its_form() {
        let (place, entry) = (PlaceId(Uuid::from_u128(7)), EntryId(Uuid::from_u128(9)));
        for (name, path) in [
            (format!("contact:{place}"), Some(Path::Contact(place))),
            (format!("contact:{place}:{entry}"), Some(Path::Complete(place, entry))),
            (format!("concern:{place}"), Some(Path::Concern(place))),
            (format!("concern:{place}:{entry}"), Some(Path::Reword(place, entry))),
            (format!("knowing:{place}"), Some(Path::Knowing(place))),
            (format!("told:{place}"), Some(Path::Card(place))),
            (format!("objection:{place}:{entry}:{}", Uuid::from_u128(5)), Some(Path::Showing(place))),
            (format!("consent:{place}:{entry}"), Some(Path::Showing(place))),
            (format!("worry:{place}:{entry}"), Some(Path::Household(HouseholdId(entry.0)))),
            (format!("close:{place}:{entry}"), Some(Path::Door(place))),
            (format!("called:{place}:{entry}"), Some(Path::Door(place))),
            (format!("led_to:{place}:{entry}"), Some(Path::Door(place))),
            (format!("answer:{place}:{entry}"), Some(Path::Door(place))),
            (format!("over:{place}:{entry}"), Some(Path::Door(place))),
            (format!("release:{place}:{entry}"), Some(Path::Door(place))),
            (format!("question:{place}:{entry}"), Some(Path::InboxEntry(entry))),
            (format!("referral:{place}:{entry}"), Some(Path::Referral(place, entry))),
            (format!("gesture:{place}"), Some(Path::Gesture(place))),
            (format!("tie:{place}"), Some(Path::Tie(place))),
            (format!("later:{place}"), None),
        ] {
            let half = HalfDone::of(&name);
            assert_eq!(half.map(|half| (half.place, half.path)), Some((Some(place), path)), "{name}");
        }
        let journal = JournalId(Uuid::from_u128(3));
        let half = HalfDone::of(&format!("apart:{journal}"));
        assert_eq!(half.map(|half| (half.place, half.path)), Some((None, Some(Path::ApartIn(journal)))));
        assert_eq!(HalfDone::of("contact:12"), None);
        assert_eq!(HalfDone::of("me"), None);
    }

    #[test]
    fn what_is_no_address_is_no_screen() {
        for address in [
            "/deur",
            "/deur/12",
            "/deur/12/contact",
            "/elders",
            "/plek",
            "/plek/12",
            "/plek/12/iemand",
            "/bewoning/x",
            "/deuren/meer",
            "/binnengekomen/x",
            "/apart/x",
        ] {
            assert_eq!(Path::parse(address, ""), None, "{address}");
        }
        let door = Path::Door(PlaceId(Uuid::nil()));
        assert_eq!(Path::parse(&format!("{door}/"), "?opgeslagen=x&a"), Some(door), "an id that is none says nothing");
    }
}
