//! The words on tiles, chips and tags, each with its icon.

use crate::domain::Role;
use crate::domain::body::{BuildingKind, Ending, Fact, HowOften, KnownBy, Outcome, PlaceKind, Severity, Tile, VisitKind, Who};

/// Words that are searched for, too. In English the second function says both, "Money (Geld)": who reads English finds by either word.
macro_rules! searched {
    ($doc:literal, $name:ident, $found:ident, $kind:ident { $($variant:ident = $dutch:literal, $english:literal;)* }) => {
        #[doc = $doc]
        #[must_use]
        pub fn $name(which: $kind) -> &'static str {
            match which {
                $($kind::$variant => both!($dutch, $english),)*
            }
        }

        #[doc = $doc]
        #[doc = "In English with the Dutch word, for search."]
        #[must_use]
        pub fn $found(which: $kind) -> &'static str {
            match which {
                $($kind::$variant => both!($dutch, concat!($english, " (", $dutch, ")")),)*
            }
        }
    };
}

/// A contact in a few words, as on the tiles of "Snel noteren".
#[must_use]
pub fn contact(kind: VisitKind, outcome: Outcome) -> String {
    use Outcome::{NotHome, NoteLeft, Spoken, StayedShut, Waved};
    match (kind, outcome) {
        (VisitKind::Coffee, Spoken) => both!("Koffie, alles goed", "Coffee, all well").to_owned(),
        (VisitKind::Rang, NotHome) => both!("Aangebeld, niet thuis", "Rang, not at home").to_owned(),
        (VisitKind::Rang, StayedShut) => both!("Deur bleef dicht", "Door stayed shut").to_owned(),
        (VisitKind::Rang, Waved) => both!("Gezwaaid", "Waved").to_owned(),
        (VisitKind::Rang, NoteLeft) => both!("Briefje achtergelaten", "Left a note").to_owned(),
        (_, Spoken) => kind_name(kind).to_owned(),
        _ => format!("{}, {}", kind_name(kind), self::outcome(outcome).to_lowercase()),
    }
}

/// The icon of a contact.
#[must_use]
pub fn contact_icon(kind: VisitKind, outcome: Outcome) -> &'static str {
    match (kind, outcome) {
        (_, Outcome::StayedShut) => "door-shut",
        (_, Outcome::Waved) => "wave",
        (_, Outcome::NoteLeft) => "note",
        (VisitKind::Coffee, _) => "coffee",
        (VisitKind::Rang, _) => "bell",
        (VisitKind::StairwellTalk, _) => "chat",
        (VisitKind::Phone, _) => "phone",
        (VisitKind::Together, _) => "users",
        (VisitKind::WithPartner, _) => "group",
        (VisitKind::Aftercare, _) => "heart",
        (VisitKind::Activity, _) => "group",
    }
}

/// What kind of contact.
#[must_use]
pub fn kind_name(kind: VisitKind) -> &'static str {
    match kind {
        VisitKind::Coffee => both!("Koffie", "Coffee"),
        VisitKind::Rang => both!("Aangebeld", "Rang the bell"),
        VisitKind::StairwellTalk => both!("Portiekgesprek", "Stairwell talk"),
        VisitKind::Phone => both!("Telefoontje", "Phone call"),
        VisitKind::Together => both!("Samen naar een afspraak", "Together to an appointment"),
        VisitKind::WithPartner => both!("Huisbezoek met een organisatie", "Home visit with an organisation"),
        VisitKind::Aftercare => both!("Nazorg", "Aftercare"),
        VisitKind::Activity => both!("Activiteit", "Activity"),
    }
}

/// What came of it.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Spoken => both!("Gesproken", "Talked"),
        Outcome::NotHome => both!("Niet thuis", "Not at home"),
        Outcome::StayedShut => both!("Deur bleef dicht", "Door stayed shut"),
        Outcome::Waved => both!("Gezwaaid", "Waved"),
        Outcome::NoteLeft => both!("Briefje achtergelaten", "Left a note"),
    }
}

/// With whom.
#[must_use]
pub fn who(who: Who) -> &'static str {
    match who {
        Who::Resident => both!("Bewoner", "Resident"),
        Who::Partner => both!("Partner", "Partner"),
        Who::Child => both!("Dochter of zoon", "Daughter or son"),
        Who::Family => both!("Andere familie", "Other family"),
        Who::Neighbour => both!("Buur", "Neighbour"),
        Who::Professional => both!("Hulpverlener", "Care or social worker"),
        Who::Other => both!("Iemand anders", "Someone else"),
    }
}

searched!("What it is about.", tile, tile_found, Tile {
    Money = "Geld", "Money";
    Health = "Gezondheid", "Health";
    Alone = "Alleen", "Alone";
    UnsafeHome = "Thuis niet veilig", "Not safe at home";
    Dwelling = "Woning", "Housing";
    Nuisance = "Overlast", "Nuisance";
    TakingPart = "Meedoen", "Taking part";
});

/// The icon of a tile.
#[must_use]
pub fn tile_icon(tile: Tile) -> &'static str {
    match tile {
        Tile::Money => "euro",
        Tile::Health => "heart",
        Tile::Alone => "alone",
        Tile::UnsafeHome => "home-unsafe",
        Tile::Dwelling => "house",
        Tile::Nuisance => "noise",
        Tile::TakingPart => "group",
    }
}

/// How serious.
#[must_use]
pub fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Watch => both!("Kijken", "Watch"),
        Severity::Discuss => both!("Bespreken", "Discuss"),
        Severity::Now => both!("Nu", "Now"),
    }
}

/// What that means.
#[must_use]
pub fn severity_hint(severity: Severity) -> &'static str {
    match severity {
        Severity::Watch => both!("Blijf hierop letten", "Keep an eye on it"),
        Severity::Discuss => both!("Deze week met iemand bespreken", "Discuss with someone this week"),
        Severity::Now => both!("Doe vandaag iets. Bel eerst.", "Act today. Call first."),
    }
}

/// The class of its tag and its icon.
#[must_use]
pub fn severity_look(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Watch => ("tag tag--watch", "eye"),
        Severity::Discuss => ("tag tag--discuss", "chat"),
        Severity::Now => ("tag tag--now", "alert"),
    }
}

searched!("A fact, on a chip.", fact, fact_found, Fact {
    MailPilesUp = "Post op de mat", "Post piling up";
    ShuttersClosed = "Rolluik dicht, ook overdag", "Shutters closed, also by day";
    SmokeFromFood = "Rook van eten", "Smoke from cooking";
    Shouting = "Geschreeuw gehoord", "Shouting heard";
    Confused = "In de war", "Confused";
    Thinner = "Magerder", "Thinner";
    DoorOpen = "Deur open", "Door open";
    Reminders = "Aanmaningen", "Payment reminders";
    NoHeating = "Geen warmte of licht", "No heating or light";
    NotSeen = "Dagen niet gezien", "Not seen for days";
});

/// How it is known.
#[must_use]
pub fn known_by(known_by: KnownBy) -> &'static str {
    match known_by {
        KnownBy::SawIt => both!("Zelf gezien", "Seen in person"),
        KnownBy::Resident => both!("Bewoner zelf", "The resident"),
        KnownBy::Neighbour => both!("Van een buur", "From a neighbour"),
        KnownBy::Anonymous => both!("Anoniem", "Anonymous"),
        KnownBy::Party => both!("Van een partij", "From a party"),
    }
}

searched!("Something about the building.", building, building_found, BuildingKind {
    LightBroken = "Licht kapot", "Light broken";
    Dirt = "Vervuiling", "Dirt";
    Damage = "Vernieling", "Damage";
    LiftBroken = "Lift stuk", "Lift broken";
    Smell = "Geur", "Smell";
    Noise = "Geluid", "Noise";
    Unsafe = "Onveilig", "Unsafe";
    FireHazard = "Brandgevaar", "Fire risk";
});

/// How often we come by.
#[must_use]
pub fn how_often(how_often: HowOften) -> &'static str {
    match how_often {
        HowOften::Quarter => both!("elk kwartaal", "every three months"),
        HowOften::Month => both!("elke maand", "every month"),
        HowOften::Week => both!("elke week", "every week"),
        HowOften::WorkingDay => both!("elke werkdag", "every working day"),
    }
}

/// Why a household ended.
#[must_use]
pub fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Moved => both!("Verhuisd", "Moved away"),
        Ending::Died => both!("Overleden", "Died"),
    }
}

/// What kind of place.
#[must_use]
pub fn place_kind(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Complex => both!("Complex", "Complex"),
        PlaceKind::Stairwell => both!("Portiek", "Stairwell"),
        PlaceKind::Gallery => both!("Galerij", "Gallery"),
        PlaceKind::Street => both!("Straat", "Street"),
        PlaceKind::Courtyard => both!("Hof", "Courtyard"),
        PlaceKind::Door => both!("Deur", "Door"),
        PlaceKind::Spot => both!("Plek", "Place"),
    }
}

/// What somebody is.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Worker => both!("Waakvlam-medewerker", "Waakvlam worker"),
        Role::Supervisor => both!("Leidinggevende", "Supervisor"),
        Role::Committee => both!("Bewonerscommissie", "Residents' committee"),
        Role::Administrator => both!("Beheerder", "Administrator"),
    }
}
