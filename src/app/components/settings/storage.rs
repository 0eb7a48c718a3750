//! Whether the browser may clear what is on this phone, and how much there is.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::Icon;
use crate::app::components::act::Button;
use crate::app::live::{live, sometimes};
use crate::app::storage;
use crate::app::texts::sending as t;

/// What this phone keeps, and a way to ask that it does.
#[component]
pub fn Storage() -> impl IntoView {
    let kept = RwSignal::new(None::<bool>);
    let used = RwSignal::new(None::<f64>);
    let denied = RwSignal::new(false);
    spawn_local(async move {
        kept.set(storage::persisted().await);
        used.set(storage::usage().await);
    });
    let ask = move || {
        spawn_local(async move {
            let answer = storage::persist().await;
            denied.set(answer != Some(true));
            kept.set(answer);
        });
    };
    view! {
        <section class="section">
            <div class="section__head"><h2>{t::storage()}</h2></div>
            <div class="card">
                <div role="status" class="stack">
                    {live(move || match kept.get() {
                        Some(true) => view! { <p class="line"><Icon name="check"/><span>{t::kept()}</span></p> },
                        Some(false) => view! { <p class="line"><Icon name="alert"/><span>{t::not_kept()}</span></p> },
                        None => view! { <p class="line"><Icon name="question"/><span>{t::unknown_kept()}</span></p> },
                    })}
                    {sometimes(move || denied.get().then(|| view! { <p>{t::not_granted()}</p> }))}
                </div>
                {sometimes(move || (kept.get() == Some(false)).then(|| view! {
                    <Button words=t::keep() press=ask/>
                }))}
                {sometimes(move || used.get().map(|used| view! { <p class="subtle small">{t::usage(used)}</p> }))}
            </div>
        </section>
    }
}
