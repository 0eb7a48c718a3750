//! A message in the page: what is the matter and what to do.

use leptos::prelude::*;

use super::Icon;

/// `kind` is "info", "ok", "warn" or "error".
#[component]
pub fn Notice(
    /// Its colour.
    kind: &'static str,
    /// Its icon.
    icon: &'static str,
    /// Its heading.
    #[prop(optional, into)]
    title: Option<String>,
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("banner banner--{kind}")>
            <Icon name=icon/>
            <div>
                {title.map(|title| view! { <h2>{title}</h2> })}
                {children()}
            </div>
        </div>
    }
}
