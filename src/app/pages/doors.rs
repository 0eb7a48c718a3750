//! Deuren: all doors of the neighbourhood.

use leptos::prelude::*;

use crate::app::components::act::Link;
use crate::app::components::places::{Places, count};
use crate::app::components::shell::Shell;
use crate::app::live::live;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::worker;

/// All doors.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let name = super::today::neighbourhood_name(&desk);
    let act = || {
        view! { <Link to=Path::Note class="button button--flame button--big" icon="edit" words="Snel noteren"/> }
    };
    view! {
        <Shell title="Deuren" wide=true act=act>
            <div class="page__head">
                <h1>"Deuren"</h1>
                <p class="subtle">{name}" · "{live(move || overview.with(|overview| worker::doors(count(&overview.caseload))))}</p>
            </div>
            <super::guarded::Way/>
            <Places choosing=false/>
        </Shell>
    }
}
