//! "Meer": where the rest is, and how one likes it.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::by_finger::ByFinger;
use crate::app::components::settings::{Away, Locking, Looks, Neighbourhoods, Storage, Working};
use crate::app::components::shell::{Explanation, Shell};
use crate::app::live::sometimes;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{by_finger, day as t, help};
use crate::domain::Role;

/// A line that leads to another screen, and what is there.
#[component]
fn Leads(to: Path, icon: &'static str, title: &'static str, what: &'static str) -> impl IntoView {
    view! {
        <li class="row">
            <a class="row__link row__link--icon" href=to.to_string()>
                <Icon name=icon/>
                <span><span class="row__title">{title}</span><br/><span class="row__meta">{what}</span></span>
            </a>
        </li>
    }
}

/// The page.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let role = desk.me.with_untracked(|me| me.role);
    let granted = desk.me;
    let desk = StoredValue::new_local(desk);
    // Who has no journal has no work to hand over, and nothing to write it in.
    let works = matches!(role, Role::Worker | Role::Supervisor);
    let has_journal = move || {
        granted.track();
        works && desk.with_value(|desk| desk.neighbourhood().is_some())
    };
    view! {
        <Shell title=t::more() wide=true>
            <div class="page__head"><h1>{t::more()}</h1></div>
            <div class="columns">
                <div class="stack stack--wide">
                    <ul class="rows">
                        {works.then(|| view! {
                            <Leads to=Path::MyDay icon="calendar" title=t::my_day() what=t::my_day_what()/>
                            <Leads to=Path::Handover icon="users" title=t::handover() what=t::handover_what()/>
                        })}
                        <Leads to=Path::Help icon="question" title=help::title() what=t::help_what()/>
                    </ul>
                    {works.then(|| view! { <Explanation beside=true/> })}
                    {sometimes(move || has_journal().then(|| view! {
                        <section class="section">
                            <div class="section__head"><h2>{t::work()}</h2></div>
                            <div class="card"><Working/></div>
                        </section>
                        <section class="section">
                            <div class="section__head"><h2>{t::away_words()}</h2></div>
                            <div class="card"><Away/></div>
                        </section>
                    }))}
                </div>
                <div class="stack stack--wide">
                    <section class="section">
                        <div class="section__head"><h2>{t::looks()}</h2></div>
                        <div class="card"><Looks/></div>
                    </section>
                    <section class="section">
                        <div class="section__head"><h2>{t::locking()}</h2></div>
                        <div class="card"><Locking/></div>
                    </section>
                    <section class="section">
                        <div class="section__head"><h2>{by_finger::title()}</h2></div>
                        <div class="card"><ByFinger/></div>
                    </section>
                    <Neighbourhoods/>
                    <Storage/>
                    <section class="section">
                        <div class="section__head"><h2>{t::about()}</h2></div>
                        <div class="card"><p>{t::version()}</p><p class="subtle small">{t::licence()}</p></div>
                    </section>
                </div>
            </div>
        </Shell>
    }
}
