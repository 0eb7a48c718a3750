//! (being written)

use leptos::prelude::*;

use crate::domain::EntryId;

/// (being written)
#[component]
pub fn Page() -> impl IntoView {

}
