//! A party as the office set it: its number to call, and what may be asked of it. Nothing where the office set nothing.

use leptos::prelude::*;

use super::Icon;
use crate::app::phone::use_desk;
use crate::app::texts::referring as t;
use crate::domain::body::Party;

/// See the module.
#[component]
pub fn PartyCall(
    /// Which.
    party: Party,
) -> impl IntoView {
    let overview = use_desk().overview;
    let (name, contact) = overview.with_untracked(|overview| (overview.party(party), overview.directory.party(party).cloned()));
    contact.map(|contact| {
        let shown = if contact.shown.is_empty() { contact.dial.clone() } else { contact.shown };
        let call = (!contact.dial.is_empty()).then(|| {
            view! {
                <div class="actions">
                    <a class="button button--quiet" href=format!("tel:{}", contact.dial)>
                        <Icon name="phone"/><span><strong>{name}</strong>" "{shown}</span>
                    </a>
                </div>
            }
        });
        let asks = (!contact.asks.is_empty()).then(|| view! { <p class="subtle">{t::may_be_asked(&contact.asks)}</p> });
        view! { {call}{asks} }
    })
}
