//! A line icon from the sprite; always with words beside it.

use leptos::prelude::*;

/// `name` is a symbol's id in `public/icons.svg`.
#[component]
pub fn Icon(
    /// The symbol.
    name: &'static str,
) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true">
            <use href=format!("/icons.svg#{name}")/>
        </svg>
    }
}
