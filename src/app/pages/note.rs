//! Snel noteren: at which door?

use leptos::prelude::*;

use crate::app::components::act::Back;
use crate::app::components::places::Places;
use crate::app::components::shell::Shell;
use crate::app::paths::Path;
use crate::app::texts::worker as t;

/// Choose a door; the tiles come next.
#[component]
pub fn Page() -> impl IntoView {
    view! {
        <Shell title=t::quick_note() wide=true>
            <div class="page__head">
                <Back to=Path::Today words=t::back()/>
                <h1>{t::which_door()}</h1>
            </div>
            <Places choosing=true/>
        </Shell>
    }
}
