//! Snel noteren: at which door?

use leptos::prelude::*;

use crate::app::components::act::Back;
use crate::app::components::places::Places;
use crate::app::components::shell::Shell;
use crate::app::paths::Path;

/// Choose a door; the tiles come next.
#[component]
pub fn Page() -> impl IntoView {
    view! {
        <Shell title="Snel noteren" wide=true>
            <div class="page__head">
                <Back to=Path::Today words="Terug"/>
                <h1>"Bij welke deur?"</h1>
            </div>
            <Places choosing=true/>
        </Shell>
    }
}
