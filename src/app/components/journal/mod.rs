//! What was written about a door, in plain words, latest first. What was added to an entry stands with it: what it said before, a
//! question and its answer, what it led to; and what can be done with it.

use leptos::prelude::*;

use super::Icon;
use super::act::{Button, Link};
use super::question::{Asked, Question, QuestionDialog};
use super::row::ConcernTag;
use super::state::StateTag;
use crate::app::going_on;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{noting as t, rewording, worker};
use crate::domain::body::{Settled, SettledAs, Withdrawal};
use crate::domain::{Body, Caseload, EntryId, PlaceId, Subject};

mod read;
mod versions;

pub use read::{EntryRow, about, named, read};

/// What their unfinished answers are called.
const LED_TO: &str = "led_to";
const ANSWER: &str = "answer";

fn taking_back() -> Asked {
    Asked {
        title: t::withdraw_title(),
        text: t::withdraw_why(),
        label: None,
        hint: "",
        number: false,
        about: None,
        save: t::withdraw_do(),
    }
}

fn what_came_of_it(of: EntryId) -> Asked {
    Asked {
        title: t::came_of(),
        text: "",
        label: Some(t::came_of_label()),
        hint: t::came_of_hint(),
        number: false,
        about: Some((LED_TO, of)),
        save: t::save(),
    }
}

fn the_answer(of: EntryId) -> Asked {
    Asked {
        title: t::answer(),
        text: "",
        label: Some(t::answer_label()),
        hint: t::answer_hint(),
        number: false,
        about: Some((ANSWER, of)),
        save: t::save(),
    }
}

/// Taking it back. A tie stands on two sides: both go, also where only one of them is on the screen.
fn withdrawals(caseload: &Caseload, of: EntryId) -> Vec<(Subject, Body)> {
    let Some(payload) = caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref()) else { return Vec::new() };
    let same = |entry: &&std::sync::Arc<crate::domain::Entry>| {
        let other = entry.payload.as_ref();
        entry.id == of
            || matches!(payload.body, Body::Tie(_))
                && other.is_some_and(|other| {
                    matches!(other.body, Body::Tie(_)) && other.group.is_some() && other.group == payload.group
                })
    };
    let all = caseload.entries.values().filter(same).filter(|entry| !caseload.withdrawn.contains_key(&entry.id));
    let all = all.filter_map(|entry| Some((entry.payload.as_ref()?.subject, Withdrawal { of: entry.id }.into())));
    all.collect()
}

/// The list.
#[component]
pub fn Journal(
    /// Where: "Aanvullen" leads there.
    place: PlaceId,
    /// The entries.
    #[prop(into)]
    rows: Signal<Vec<EntryRow>>,
) -> impl IntoView {
    let overview = use_desk().overview;
    let asking = RwSignal::new(None::<Question>);
    let subject_of = move |of: EntryId| {
        overview.with_untracked(|overview| {
            overview.caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| payload.subject)
        })
    };
    let settle = move |asked: Asked, of: EntryId, how: SettledAs| {
        let bodies = Callback::new(move |text: String| {
            let settled = Settled { of, how, text, until: None };
            subject_of(of).into_iter().map(|subject| (subject, settled.clone().into())).collect()
        });
        asking.set(Some((asked, bodies)));
    };
    let here = |of: EntryId| {
        overview.with_untracked(|overview| {
            let subject = overview.caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref())?.subject;
            (overview.caseload.place_of(subject) == Some(place)).then_some(of)
        })
    };
    // From "Nog niet af".
    if let Some(of) = going_on::entry(LED_TO).and_then(here).filter(|of| going_on::is(LED_TO, *of)) {
        settle(what_came_of_it(of), of, SettledAs::LedTo);
    } else if let Some(of) = going_on::entry(ANSWER).and_then(here).filter(|of| going_on::is(ANSWER, *of)) {
        settle(the_answer(of), of, SettledAs::Answered);
    }
    let withdraw = move |of: EntryId| {
        let bodies = Callback::new(move |_: String| overview.with_untracked(|overview| withdrawals(&overview.caseload, of)));
        asking.set(Some((taking_back(), bodies)));
    };
    let show = move |row: EntryRow| {
        let id = row.id;
        let tag = row.tag.map(|(tile, severity)| view! { <p class="tags"><ConcernTag tile severity/></p> });
        let title = worker::capital(&row.title);
        let named = move |what: &str| format!("{what}: {title}");
        let title = worker::capital(&row.title);
        let before = (!row.before.is_empty()).then(|| {
            let versions = row.before.into_iter().map(|(by, texts)| {
                view! {
                    <p class="entry__meta">{by}</p>
                    {texts.into_iter().map(|text| view! { <p class="pre" dir="auto">{text}</p> }).collect_view()}
                }
            });
            view! {
                <details class="more">
                    <summary><Icon name="next"/>{t::versions()}</summary>
                    {versions.collect_view()}
                </details>
            }
        });
        let answer = row.asks.map(|question| {
            view! { <Button icon="chat" words=t::answer() press=move || settle(the_answer(question), question, SettledAs::Answered)/> }
        });
        let came_of = row.leads_to.then(|| {
            let label = named(t::came_of());
            view! { <Button class="button button--link" words=t::came_of() label press=move || settle(what_came_of_it(id), id, SettledAs::LedTo)/> }
        });
        let complete = row.completes.then(|| {
            view! { <Link to=Path::Complete(place, id) class="button button--link" words=t::complete()/> }
        });
        let reword = row.rewords.then(|| {
            let label = named(rewording::button());
            view! { <a class="button button--link" href=Path::Reword(place, id).to_string() aria-label=label>{rewording::button()}</a> }
        });
        let withdraw = row.withdraws.then(|| {
            let label = named(t::withdraw());
            view! { <Button class="button button--link" words=t::withdraw() label press=move || withdraw(id)/> }
        });
        view! {
            <li class=row.class>
                <span class="entry__icon"><Icon name=row.icon/></span>
                <h3 class="entry__title">{title}</h3>
                <p class="entry__meta">{row.meta}</p>
                {tag}
                {row.texts.into_iter().map(|text| view! { <p class="pre" dir="auto">{text}</p> }).collect_view()}
                {row.state.map(|state| view! { <StateTag state/> })}
                {before}
                <div class="entry__acts">{answer}{came_of}{complete}{reword}{withdraw}</div>
            </li>
        }
    };
    let list = crate::app::live::live(move || rows.get().into_iter().map(show).collect_view());
    view! {
        <ol class="journal">{list}</ol>
        <QuestionDialog id="logboek-vraag".to_owned() asking/>
    }
}
