//! (being written)

use leptos::prelude::*;

use crate::domain::{EntryId, PlaceId};

/// (being written)
#[component]
pub fn Page(place: PlaceId, of: Option<EntryId>) -> impl IntoView {
    let _ = (place, of);
}
