//! When I am away, and who stands in.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::{Button, Submit};
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::shell::focus;
use crate::app::desk::{Desk, Overview};
use crate::app::live::{derive, keyed, live, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{day as t, faults};
use crate::app::when;
use crate::domain::body::{Absence, Withdrawal};
use crate::domain::rights::Role;
use crate::domain::{Body, EntryId, PersonId, Subject, UserId, away};

#[derive(Clone, PartialEq, Hash)]
struct Line {
    id: EntryId,
    from: NaiveDate,
    to: NaiveDate,
    stand_in: String,
}

fn lines(overview: &Overview, me: UserId) -> Vec<Line> {
    let today = when::today();
    let mine = overview.caseload.absences.iter().filter(|(_, (who, absence))| *who == me && absence.to >= today);
    let mut lines: Vec<Line> = mine
        .map(|(id, (_, absence))| {
            let stand_in = absence.stand_in.map(|who| overview.name(who).unwrap_or_else(|| t::a_colleague().to_owned()));
            Line { id: *id, from: absence.from, to: absence.to, stand_in: t::stand_in(stand_in.as_deref()) }
        })
        .collect();
    lines.sort_by_key(|line| line.from);
    lines
}

/// Whoever can stand in: they see it on a Vandaag of their own.
fn colleagues(overview: &Overview, me: UserId) -> Vec<(UserId, String)> {
    let others = overview.staff.iter().filter(|(user, staff)| **user != me && staff.role == Role::Worker);
    others.map(|(user, staff)| (*user, staff.name.clone())).collect()
}

async fn write(desk: Desk, me: UserId, body: Body) -> Result<(), String> {
    let kept = desk.save(vec![(Subject::Person(PersonId(me.0)), body)]).await;
    kept.map(|_| ()).map_err(|why| faults::save(&why))
}

/// "Ik ben weg": from, to, who stands in; and what was said before.
#[component]
pub fn Away() -> impl IntoView {
    let desk = use_desk();
    let (overview, me) = (desk.overview, desk.me.with_untracked(|me| me.user));
    let desk = StoredValue::new_local(desk);
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let stand_in = RwSignal::new(String::new());
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let said = RwSignal::new("");
    let busy = RwSignal::new(false);
    let lines = derive(move || overview.with(|overview| lines(overview, me)));
    let colleagues = derive(move || overview.with(|overview| colleagues(overview, me)));
    let act = move |body: Body, words: &'static str, done: fn(Fields)| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        said.set("");
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            let kept = write(desk, me, body).await;
            if kept.is_ok() {
                said.try_set(words);
                done(Fields { from, to, stand_in });
            }
            fault.try_set(kept.err());
            busy.try_set(false);
        });
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (first, last) = (day(from), day(to));
        let wrong: Errors = away::check(first, last, when::today()).into_iter().map(t::away_wrong).collect();
        if let Some((id, _)) = wrong.first() {
            focus(id);
        }
        let fine = wrong.is_empty();
        errors.set(wrong);
        let (Some(from), Some(to), true) = (first, last, fine) else { return };
        let stand_in = stand_in.get_untracked().parse().ok();
        act(Absence { from, to, stand_in }.into(), t::away_saved(), Fields::empty);
    };
    let options = live(move || {
        let chosen = stand_in.get_untracked();
        let option = move |(user, name): (UserId, String)| {
            let value = user.to_string();
            view! { <option selected=value == chosen value=value.clone()>{name}</option> }
        };
        colleagues.get().into_iter().map(option).collect_view()
    });
    view! {
        {sometimes(move || (!lines.with(Vec::is_empty)).then(|| view! {
            <ul class="rows">
                {keyed(move || lines.get(), move |line: Line| {
                    let (words, id) = (t::away(line.from, line.to), line.id);
                    view! {
                        <li class="row row--plain row--side">
                            <p><strong>{words.clone()}</strong><br/><span class="row__meta">{line.stand_in}</span></p>
                            <Button icon="undo" words=t::not_away() label=format!("{}: {words}", t::not_away())
                                press=move || act(Withdrawal { of: id }.into(), t::away_taken_back(), |_| {})/>
                        </li>
                    }
                })}
            </ul>
        }))}
        <form autocomplete="off" class="form" novalidate=true on:submit=save>
            <Field id="weg-van" label=t::away_from() input=Input::Day value=from errors/>
            <Field id="weg-tot" label=t::away_to() input=Input::Day value=to errors/>
            <div class="field">
                <label class="label" for="vervanger">{t::stand_in_words()}</label>
                <p class="hint" id="vervanger-hint">{t::stand_in_hint()}</p>
                <select class="input" id="vervanger" autocomplete="off" aria-describedby="vervanger-hint" prop:value=stand_in
                    on:change=move |event| stand_in.set(event_target_value(&event))>
                    <option value="">{t::nobody()}</option>
                    {options}
                </select>
            </div>
            <Fault fault/>
            <p role="status" class="said">{sometimes(move || (!said.with(|said| said.is_empty())).then(|| view! {
                <span class="line"><Icon name="check"/><span>{said.get()}</span></span>
            }))}</p>
            <Submit class="button button--quiet" icon="calendar" words=t::keep_away() working=busy/>
        </form>
    }
}

#[derive(Clone, Copy)]
struct Fields {
    from: RwSignal<String>,
    to: RwSignal<String>,
    stand_in: RwSignal<String>,
}

impl Fields {
    fn empty(self) {
        for field in [self.from, self.to, self.stand_in] {
            field.try_set(String::new());
        }
    }
}

fn day(field: RwSignal<String>) -> Option<NaiveDate> {
    field.with_untracked(|text| text.parse().ok())
}
