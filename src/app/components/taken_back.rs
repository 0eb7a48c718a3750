//! A neighbourhood was taken back: said on every screen until somebody has read it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Notice;
use super::act::Button;
use super::shell::focus;
use crate::app::live::sometimes;
use crate::app::phone::use_desk;
use crate::app::texts::trouble as t;

/// Says which, and what becomes of what was written there; nothing while nothing was taken back.
#[component]
pub fn TakenBack() -> impl IntoView {
    let desk = use_desk();
    let gone = desk.gone;
    let desk = StoredValue::new_local(desk);
    let understood = move || {
        spawn_local(async move {
            // If it can't be noted now, it is said again at the next start.
            let _ = desk.get_value().understood().await;
        });
        focus("main");
    };
    view! {
        <div class="said" role="status">{sometimes(move || {
            let gone = gone.with(|gone| gone.last().cloned())?;
            Some(view! {
                <Notice kind="warn" icon="lock" title=t::taken_back(&gone.name)>
                    <p>{if gone.left { t::gone() } else { t::going() }}</p>
                    {gone.left.then(|| view! { <Button icon="check" words=t::understood() press=understood/> })}
                </Notice>
            })
        })}</div>
    }
}
