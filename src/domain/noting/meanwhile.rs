//! What changed while a form was open: a phone fetches what colleagues write while somebody is still typing.

use crate::domain::body::Ending;
use crate::domain::caseload::Caseload;
use crate::domain::ids::{HouseholdId, PlaceId};

/// What a form was begun about. It is kept with the form, so that a draft of last week still knows whom it was about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begun {
    /// At which place.
    pub place: PlaceId,
    /// Who lived there then, as far as we knew.
    pub household: Option<HouseholdId>,
}

impl Begun {
    /// What a form is begun about now.
    #[must_use]
    pub fn at(caseload: &Caseload, place: PlaceId) -> Self {
        Self { place, household: caseload.household_at(place).map(|household| household.id) }
    }
}

/// What changed, and where what is written goes now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    /// They moved or died: it stays about them.
    Ended(HouseholdId, Ending),
    /// The door is another one now: it goes there.
    Replaced(PlaceId),
    /// The place is no more: it stays with it.
    Hidden,
    /// Somebody there wants to be left alone: nothing is written down.
    LeftAlone,
}

/// What changed since a form was begun; nothing most of the time.
#[must_use]
pub fn meanwhile(caseload: &Caseload, begun: Begun) -> Option<Meanwhile> {
    if caseload.no_contact.contains_key(&begun.place) {
        return Some(Meanwhile::LeftAlone);
    }
    if let Some(state) = begun.household.and_then(|id| caseload.households.get(&id)) {
        return state.ended.as_ref().map(|ended| Meanwhile::Ended(state.id, ended.why)).or_else(|| hidden(caseload, begun.place));
    }
    hidden(caseload, begun.place)
}

fn hidden(caseload: &Caseload, place: PlaceId) -> Option<Meanwhile> {
    let mut next = caseload.places.get(&place)?.hidden.as_ref()?.successor;
    let mut seen = vec![place];
    // A successor can be hidden in its turn; a circle of them leads nowhere.
    while let Some(state) = next.filter(|id| !seen.contains(id)).and_then(|id| caseload.places.get(&id)) {
        let Some(hidden) = &state.hidden else { return Some(Meanwhile::Replaced(state.id)) };
        seen.push(state.id);
        next = hidden.successor;
    }
    Some(Meanwhile::Hidden)
}
