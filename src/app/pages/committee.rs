//! The committee's page. Until a quarter is published it says what will stand here, and what never will.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::shell::Shell;
use crate::app::texts::office as t;

/// How the neighbourhood is doing.
#[component]
pub fn Page() -> impl IntoView {
    let list = |lines: &'static [&'static str]| {
        lines.iter().map(|line| view! { <li class="row row--plain">{*line}</li> }).collect_view()
    };
    view! {
        <Shell title=t::COMMITTEE wide=true>
            <div class="page__head">
                <h1>{t::COMMITTEE}</h1>
                <p class="subtle">{t::COMMITTEE_FOR}</p>
            </div>
            <div class="card">
                <div class="empty"><Icon name="chart"/><h2>{t::NO_SUMMARY}</h2><p>{t::NO_SUMMARY_WHY}</p></div>
            </div>
            <div class="columns">
                <section class="section">
                    <div class="section__head"><h2>{t::WILL_SHOW}</h2></div>
                    <ul class="rows">{list(&t::WILL)}</ul>
                </section>
                <section class="section">
                    <div class="section__head"><h2>{t::NEVER_SHOWS}</h2></div>
                    <ul class="rows">{list(&t::NEVER)}</ul>
                </section>
            </div>
        </Shell>
    }
}
