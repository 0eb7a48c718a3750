//! "Oefening": a striped bar on every screen of the practice neighbourhood, so that nobody takes it for the real one.

use leptos::prelude::*;

use super::Icon;
use super::act::Button;
use crate::app::phone::{use_desk, use_phone};
use crate::app::practice;
use crate::app::texts::practice as t;

/// The bar; nothing in a real account.
#[component]
pub fn PracticeBar() -> impl IntoView {
    let phone = use_phone();
    if !practice::is(&use_desk()) {
        return ().into_any();
    }
    // A screen that goes while nothing is open was the last one; whether it is, is known when all of it has gone.
    on_cleanup(move || {
        leptos::task::spawn_local(async move {
            if !practice::goes_on(phone) {
                practice::throw_away().await;
            }
        });
    });
    view! {
        <aside class="practice" aria-label=t::bar()>
            <p class="line"><Icon name="leaf"/><span><strong>{t::bar()}</strong>" "{t::bar_why()}</span></p>
            <Button class="button button--quiet" words=t::stop() press=move || phone.lock()/>
        </aside>
    }
    .into_any()
}
