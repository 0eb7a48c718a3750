//! Snel noteren: at which door?

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::places::Places;
use crate::app::components::shell::Shell;
use crate::app::paths::Path;

/// Choose a door; the tiles come next.
#[component]
pub fn Page() -> impl IntoView {
    view! {
        <Shell title="Snel noteren" wide=true>
            <div class="page__head">
                <a class="back" href=Path::Today.to_string()><Icon name="back"/>"Terug"</a>
                <h1>"Bij welke deur?"</h1>
            </div>
            <Places choosing=true/>
        </Shell>
    }
}
