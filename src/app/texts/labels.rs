//! The words on tiles, chips and tags, each with its icon.

use crate::domain::Role;
use crate::domain::body::{BuildingKind, Ending, Fact, HowOften, KnownBy, Outcome, PlaceKind, Severity, Tile, VisitKind, Who};

/// A contact in a few words, as on the tiles of "Snel noteren".
#[must_use]
pub fn contact(kind: VisitKind, outcome: Outcome) -> String {
    use Outcome::{NotHome, NoteLeft, Spoken, StayedShut, Waved};
    match (kind, outcome) {
        (VisitKind::Coffee, Spoken) => "Koffie, alles goed".to_owned(),
        (VisitKind::Rang, NotHome) => "Aangebeld, niet thuis".to_owned(),
        (VisitKind::Rang, StayedShut) => "Deur bleef dicht".to_owned(),
        (VisitKind::Rang, Waved) => "Gezwaaid".to_owned(),
        (VisitKind::Rang, NoteLeft) => "Briefje achtergelaten".to_owned(),
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
        VisitKind::Coffee => "Koffie",
        VisitKind::Rang => "Aangebeld",
        VisitKind::StairwellTalk => "Portiekgesprek",
        VisitKind::Phone => "Telefoontje",
        VisitKind::Together => "Samen naar een afspraak",
        VisitKind::WithPartner => "Huisbezoek met partner",
        VisitKind::Aftercare => "Nazorg",
        VisitKind::Activity => "Activiteit",
    }
}

/// What came of it.
#[must_use]
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Spoken => "Gesproken",
        Outcome::NotHome => "Niet thuis",
        Outcome::StayedShut => "Deur bleef dicht",
        Outcome::Waved => "Gezwaaid",
        Outcome::NoteLeft => "Briefje achtergelaten",
    }
}

/// With whom.
#[must_use]
pub fn who(who: Who) -> &'static str {
    match who {
        Who::Resident => "Bewoner",
        Who::Partner => "Partner",
        Who::Child => "Dochter of zoon",
        Who::Family => "Andere familie",
        Who::Neighbour => "Buur",
        Who::Professional => "Hulpverlener",
        Who::Other => "Iemand anders",
    }
}

/// What it is about.
#[must_use]
pub fn tile(tile: Tile) -> &'static str {
    match tile {
        Tile::Money => "Geld",
        Tile::Health => "Gezondheid",
        Tile::Alone => "Alleen",
        Tile::UnsafeHome => "Thuis niet veilig",
        Tile::Dwelling => "Woning",
        Tile::Nuisance => "Overlast",
        Tile::TakingPart => "Meedoen",
    }
}

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
        Severity::Watch => "Kijken",
        Severity::Discuss => "Bespreken",
        Severity::Now => "Nu",
    }
}

/// What that means.
#[must_use]
pub fn severity_hint(severity: Severity) -> &'static str {
    match severity {
        Severity::Watch => "In de gaten houden",
        Severity::Discuss => "Deze week met iemand bespreken",
        Severity::Now => "Vandaag handelen. Eerst bellen.",
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

/// A fact, on a chip.
#[must_use]
pub fn fact(fact: Fact) -> &'static str {
    match fact {
        Fact::MailPilesUp => "Post op de mat",
        Fact::ShuttersClosed => "Rolluik overdag dicht",
        Fact::SmokeFromFood => "Rook van eten",
        Fact::Shouting => "Geschreeuw gehoord",
        Fact::Confused => "In de war",
        Fact::Thinner => "Magerder",
        Fact::DoorOpen => "Deur open",
        Fact::Reminders => "Aanmaningen",
        Fact::NoHeating => "Geen warmte of licht",
        Fact::NotSeen => "Dagen niet gezien",
    }
}

/// How it is known.
#[must_use]
pub fn known_by(known_by: KnownBy) -> &'static str {
    match known_by {
        KnownBy::SawIt => "Zelf gezien",
        KnownBy::Resident => "Bewoner zelf",
        KnownBy::Neighbour => "Van een buur",
        KnownBy::Anonymous => "Anoniem",
        KnownBy::Party => "Van een partij",
    }
}

/// Something about the building.
#[must_use]
pub fn building(kind: BuildingKind) -> &'static str {
    match kind {
        BuildingKind::LightBroken => "Licht kapot",
        BuildingKind::Dirt => "Vervuiling",
        BuildingKind::Damage => "Vernieling",
        BuildingKind::LiftBroken => "Lift stuk",
        BuildingKind::Smell => "Geur",
        BuildingKind::Noise => "Geluid",
        BuildingKind::Unsafe => "Onveilig",
        BuildingKind::FireHazard => "Brandgevaar",
    }
}

/// How often we come by.
#[must_use]
pub fn how_often(how_often: HowOften) -> &'static str {
    match how_often {
        HowOften::Quarter => "elk kwartaal",
        HowOften::Month => "elke maand",
        HowOften::Week => "elke week",
        HowOften::WorkingDay => "elke werkdag",
    }
}

/// Why a household ended.
#[must_use]
pub fn ending(ending: Ending) -> &'static str {
    match ending {
        Ending::Moved => "Verhuisd",
        Ending::Died => "Overleden",
    }
}

/// What kind of place.
#[must_use]
pub fn place_kind(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Complex => "Complex",
        PlaceKind::Stairwell => "Portiek",
        PlaceKind::Gallery => "Galerij",
        PlaceKind::Street => "Straat",
        PlaceKind::Courtyard => "Hof",
        PlaceKind::Door => "Deur",
        PlaceKind::Spot => "Plek",
    }
}

/// What somebody is.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Worker => "Waakvlam-medewerker",
        Role::Supervisor => "Leidinggevende",
        Role::Committee => "Bewonerscommissie",
        Role::Administrator => "Beheerder",
    }
}
