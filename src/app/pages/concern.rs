//! (being written)

use leptos::prelude::*;

use crate::domain::PlaceId;

/// (being written)
#[component]
pub fn Page(place: PlaceId) -> impl IntoView {
    let _ = place;
}
