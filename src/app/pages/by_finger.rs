//! Openen met vinger of gezicht: asked once after the five words, and the setting afterwards.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::app::components::by_finger::{ByFinger, Offer};
use crate::app::components::shell::Shell;
use crate::app::phone::use_phone;
use crate::app::texts::by_finger as t;

/// The question while the words were typed a moment ago, else the setting.
#[component]
pub fn Page() -> impl IntoView {
    let navigate = use_navigate();
    let asks = use_phone().may_add_passkey();
    let done = Callback::new(move |()| navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() }));
    view! {
        <Shell title=t::title() focused=asks>
            <div class="page__head"><h1>{if asks { t::ask() } else { t::title() }}</h1></div>
            {if asks {
                view! { <Offer done/> }.into_any()
            } else {
                view! { <p>{t::why()}" "{t::on_phone()}</p><ByFinger/> }.into_any()
            }}
        </Shell>
    }
}
