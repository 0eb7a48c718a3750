//! Deuren: the tree of places, and a field to find a door.

use leptos::prelude::*;

use super::place::tree::Tree;
use crate::app::components::Icon;
use crate::app::components::act::Link;
use crate::app::components::places::{count, recent};
use crate::app::components::row::{Row, Rows};
use crate::app::components::shell::Shell;
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{places, worker};
use crate::domain::stairwell;

/// From so many doors on a field to find one is quicker than a thumb.
const MANY: usize = 9;
/// More finds than this are not shown: a longer word finds the door sooner.
const MOST_FOUND: usize = 30;

/// All doors.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let name = super::today::neighbourhood_name(&desk);
    let wanted = RwSignal::new(String::new());
    let many = derive(move || overview.with(|overview| count(&overview.caseload) >= MANY));
    let recent = derive(move || overview.with(|overview| recent(overview, me, 5)));
    let found = derive(move || {
        let wanted = wanted.get();
        if wanted.trim().is_empty() {
            return None;
        }
        Some(overview.with(|overview| {
            let found = stairwell::find(&overview.caseload, &wanted, None, MOST_FOUND);
            found.into_iter().map(|(door, ..)| Row::read(overview, door)).collect::<Vec<_>>()
        }))
    });
    let act = || {
        view! { <Link to=Path::Note class="button button--flame button--big" icon="edit" words=worker::quick_note()/> }
    };
    let field = sometimes(move || {
        many.get().then(|| {
            view! {
                <div class="field">
                    <label class="label" for="zoek">{places::find()}</label>
                    <div class="search">
                        <Icon name="search"/>
                        <input class="input" id="zoek" type="search" placeholder=places::find_hint() autocomplete="off"
                            prop:value=wanted on:input=move |event| wanted.set(event_target_value(&event))/>
                    </div>
                </div>
            }
        })
    });
    let results = sometimes(move || {
        found.get().map(|rows| {
            let said = places::found(rows.len(), MOST_FOUND);
            view! {
                <section class="section">
                    <p class="subtle" role="status">{said}</p>
                    <Rows rows/>
                </section>
            }
        })
    });
    view! {
        <Shell title=worker::doors_words() wide=true act=act>
            <div class="page__head">
                <h1>{worker::doors_words()}</h1>
                <p class="subtle">{name}" · "{live(move || overview.with(|overview| worker::doors(count(&overview.caseload))))}</p>
            </div>
            <super::guarded::Way/>
            <p><Link to=Path::Search icon="search" words=places::search_all()/></p>
            {field}
            {results}
            <div class="columns" hidden=move || found.with(Option::is_some)>
                <Tree/>
                {sometimes(move || recent.with(|recent| (!recent.is_empty()).then(|| view! {
                    <section class="section">
                        <div class="section__head"><h2>{worker::last_been()}</h2></div>
                        <Rows rows=recent.clone()/>
                    </section>
                })))}
            </div>
        </Shell>
    }
}
