//! Zoeken: everything on this phone at once, while typing. What was typed is kept nowhere.

use std::ops::Range;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::Icon;
use crate::app::components::act::Back;
use crate::app::components::shell::{Shell, focus};
use crate::app::desk::Overview;
use crate::app::live::{derive, live};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, search as t, showing, worker};
use crate::app::when;
use crate::domain::search::{Found, Haystack, Hit, Names, What};

/// More doors than this are not shown: a longer word finds the door sooner than a thumb.
const MOST: usize = 15;
/// So long the texts are read in one go, in milliseconds; then the screen has its turn.
const IN_ONE_GO: f64 = 12.0;

const NAMES: Names =
    Names { tile: labels::tile_found, fact: labels::fact_found, building: labels::building_found, party: showing::party };

/// What was found, with the names of the doors.
type Results = Option<(Vec<(String, Found)>, usize)>;

/// A field, and what is found.
#[component]
pub fn Page() -> impl IntoView {
    let overview = use_desk().overview;
    let query = RwSignal::new(String::new());
    let haystack = read_all(overview);
    let results = derive(move || -> Results {
        let haystack = haystack.get()?;
        let (found, all) = query.with(|query| haystack.find(query, MOST));
        let name = |found: Found| (overview.with_untracked(|overview| overview.caseload.place_name(found.place)), found);
        Some((found.into_iter().map(name).collect(), all))
    });
    // After the shell has put the focus on the page.
    request_animation_frame(|| request_animation_frame(|| focus("zoek-alles")));
    view! {
        <Shell title=t::title()>
            <div class="page__head">
                <Back to=Path::Doors words=worker::doors_words()/>
                <h1>{t::title()}</h1>
            </div>
            <div class="field">
                <label class="label" for="zoek-alles">{t::label()}</label>
                <p class="hint" id="zoek-alles-hint">{t::hint()}</p>
                <div class="search">
                    <Icon name="search"/>
                    // Nothing that is typed here may stay in the browser.
                    <input class="input" id="zoek-alles" type="search" placeholder=t::placeholder() autocomplete="off" autocapitalize="none"
                        spellcheck="false" aria-describedby="zoek-alles-hint" prop:value=query
                        on:input=move |event| query.set(event_target_value(&event))/>
                </div>
            </div>
            <p class="subtle" role="status">{live(move || {
                if query.with(|query| query.trim().is_empty()) {
                    return String::new();
                }
                results.with(|results| results.as_ref().map_or_else(|| t::reading().to_owned(), |(found, all)| t::count(found.len(), *all)))
            })}</p>
            {live(move || {
                if query.with(|query| query.trim().is_empty()) {
                    return ().into_any();
                }
                results.with(|results| match results {
                    None => ().into_any(),
                    Some((found, _)) if found.is_empty() => view! { <p>{t::nothing_do()}</p><p class="subtle">{t::not_in_it()}</p> }.into_any(),
                    Some((found, _)) => view! { <ul class="rows">{found.iter().map(|(name, found)| row(name, found)).collect_view()}</ul> }.into_any(),
                })
            })}
        </Shell>
    }
}

/// Everything that can be found, as soon as it is read; again when something came.
fn read_all(overview: RwSignal<Overview, LocalStorage>) -> RwSignal<Option<Rc<Haystack>>, LocalStorage> {
    let haystack = RwSignal::new_local(None::<Rc<Haystack>>);
    let turn = StoredValue::new(0_u64);
    Effect::new(move |_| {
        // A copy costs next to nothing, and does not change while it is read.
        let caseload = overview.with(|overview| overview.caseload.clone());
        let mine = turn.get_value() + 1;
        turn.set_value(mine);
        spawn_local(async move {
            let mut read = Haystack::new(NAMES);
            let mut since = js_sys::Date::now();
            for place in Haystack::places(&caseload) {
                if js_sys::Date::now() - since > IN_ONE_GO {
                    breathe().await;
                    since = js_sys::Date::now();
                    // The screen is gone, or something newer is being read.
                    if turn.try_get_value() != Some(mine) {
                        return;
                    }
                }
                read.add(&caseload, place);
            }
            haystack.try_set(Some(Rc::new(read)));
        });
    });
    haystack
}

async fn breathe() {
    let (wake, woken) = futures::channel::oneshot::channel();
    let wake = move || {
        let _ = wake.send(());
    };
    set_timeout(wake, std::time::Duration::ZERO);
    let _ = woken.await;
}

fn row(name: &str, found: &Found) -> AnyView {
    let title = match found.hits.iter().find(|hit| hit.what == What::Place) {
        Some(hit) => marked(&hit.text, &hit.marks),
        None => name.to_owned().into_any(),
    };
    // What it is part of says nothing more than its own name.
    let named = found.hits.iter().any(|hit| hit.what == What::Place);
    let told = |hit: &&Hit| hit.what != What::Place && !(named && hit.what == What::Within);
    let hits = found.hits.iter().filter(told).map(line).collect_view();
    let more = (found.more > 0).then(|| view! { <span class="row__meta">{t::more_here()}" "{found.more}</span> });
    view! {
        <li class="row">
            <a class="row__link" href=Path::Door(found.place).to_string()>
                <span class="row__title">{title}</span>
                {hits}
                {more}
            </a>
        </li>
    }
    .into_any()
}

fn line(hit: &Hit) -> AnyView {
    let (icon, word) = t::what(hit.what);
    let day = hit.at.map(|at| format!(", {}", when::day(when::day_of(at))));
    view! {
        <span class="found">
            <Icon name=icon/>
            <span><span class="row__meta">{word}{day}": "</span>{marked(&hit.text, &hit.marks)}</span>
        </span>
    }
    .into_any()
}

/// A text with the words in it that were found.
fn marked(text: &str, marks: &[Range<usize>]) -> AnyView {
    let mut parts: Vec<AnyView> = Vec::new();
    let mut at = 0;
    for mark in marks {
        parts.push(text.get(at..mark.start).unwrap_or_default().to_owned().into_any());
        let word = text.get(mark.clone()).unwrap_or_default().to_owned();
        parts.push(view! { <mark>{word}</mark> }.into_any());
        at = mark.end;
    }
    parts.push(text.get(at..).unwrap_or_default().to_owned().into_any());
    parts.into_any()
}
