//! "Opslag bijna vol": said on every screen before the phone can keep nothing any more.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Notice;
use crate::app::live::sometimes;
use crate::app::storage;
use crate::app::texts::trouble as t;

/// Says so; nothing while there is room, or the browser can't say.
#[component]
pub fn AlmostFull() -> impl IntoView {
    let full = RwSignal::new(false);
    spawn_local(async move {
        // Where the screen is gone by now nobody is told.
        full.set(storage::almost_full().await);
    });
    view! {
        <div class="said" role="status">
            {sometimes(move || full.get().then(|| view! { <Notice kind="warn" icon="alert" title=t::almost_full()><p>{t::almost_full_do()}</p></Notice> }))}
        </div>
    }
}
