//! The full contact, or what is added to one that a tile noted.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::components::Icon;
use crate::app::components::act::{Button, Link, Submit};
use crate::app::components::choice::{Choice, Look, chips, chosen, index};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input, Tick};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::drafts::Draft;
use crate::app::live::sometimes;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, labels, worker};
use crate::app::when;
use crate::domain::body::{Body, Correction, Outcome, Visit, VisitKind, Who};
use crate::domain::noting::{self, Field as At, Wrong};
use crate::domain::{EntryId, HouseholdId, PlaceId, Subject, json};

/// Roughly how long, in minutes; the words are in [`how_long`].
const MINUTES: [u16; 4] = [5, 15, 30, 60];
/// When one comes back; the last is a day of one's own.
const BACK: [Option<u64>; 4] = [None, Some(1), Some(7), None];
const OWN_DAY: usize = 3;

fn how_long(minutes: u16) -> &'static str {
    match minutes {
        5 => "Even",
        15 => "Kwartier",
        30 => "Half uur",
        _ => "Uur of langer",
    }
}

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    kind: Option<VisitKind>,
    outcome: Option<Outcome>,
    who: Option<Who>,
    colleague: bool,
    minutes: Option<u16>,
    note: String,
    gesture: String,
    back: Option<usize>,
    day: String,
    happened: String,
    heads: String,
}

impl From<&Visit> for Half {
    fn from(visit: &Visit) -> Self {
        Self {
            kind: Some(visit.kind),
            outcome: Some(visit.outcome),
            who: visit.who,
            colleague: visit.colleague,
            minutes: visit.minutes,
            note: visit.note.clone(),
            gesture: visit.gesture.clone(),
            back: visit.follow_up.map(|_| OWN_DAY),
            day: visit.follow_up.map(|day| day.to_string()).unwrap_or_default(),
            happened: visit.happened_on.map(|day| day.to_string()).unwrap_or_default(),
            heads: visit.heads.map(|heads| heads.to_string()).unwrap_or_default(),
        }
    }
}

#[derive(Clone, Copy)]
struct Form {
    kind: RwSignal<Vec<usize>>,
    outcome: RwSignal<Vec<usize>>,
    who: RwSignal<Vec<usize>>,
    colleague: RwSignal<bool>,
    minutes: RwSignal<Vec<usize>>,
    note: RwSignal<String>,
    gesture: RwSignal<String>,
    back: RwSignal<Vec<usize>>,
    day: RwSignal<String>,
    happened: RwSignal<String>,
    heads: RwSignal<String>,
}

impl Form {
    fn new(half: Half) -> Self {
        let form = Self {
            kind: RwSignal::default(),
            outcome: RwSignal::default(),
            who: RwSignal::default(),
            colleague: RwSignal::default(),
            minutes: RwSignal::default(),
            note: RwSignal::default(),
            gesture: RwSignal::default(),
            back: RwSignal::default(),
            day: RwSignal::default(),
            happened: RwSignal::default(),
            heads: RwSignal::default(),
        };
        form.fill(half);
        form
    }

    fn fill(self, half: Half) {
        self.kind.set(index(VisitKind::ALL, half.kind.as_ref()));
        self.outcome.set(index(Outcome::ALL, half.outcome.as_ref()));
        self.who.set(index(Who::ALL, half.who.as_ref()));
        self.colleague.set(half.colleague);
        self.minutes.set(index(&MINUTES, half.minutes.as_ref()));
        self.note.set(half.note);
        self.gesture.set(half.gesture);
        self.back.set(vec![half.back.unwrap_or(0)]);
        self.day.set(half.day);
        self.happened.set(half.happened);
        self.heads.set(half.heads);
    }

    fn half(self) -> Half {
        untrack(|| Half {
            kind: chosen(VisitKind::ALL, self.kind),
            outcome: chosen(Outcome::ALL, self.outcome),
            who: chosen(Who::ALL, self.who),
            colleague: self.colleague.get(),
            minutes: chosen(&MINUTES, self.minutes),
            note: self.note.get(),
            gesture: self.gesture.get(),
            back: self.back.with(|back| back.first().copied()),
            day: self.day.get(),
            happened: self.happened.get(),
            heads: self.heads.get(),
        })
    }
}

/// A day from a field; an empty one is none.
fn day(text: &str) -> Result<Option<NaiveDate>, Wrong> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Wrong::Empty) }
}

// The contact that the form says, or what is wrong with it.
fn read(half: &Half) -> Result<Visit, Errors> {
    let today = when::today();
    let mut wrong: Vec<(&'static str, Wrong)> = Vec::new();
    if half.kind.is_none() {
        wrong.push(("soort", Wrong::Empty));
    }
    if half.outcome.is_none() {
        wrong.push(("uitkomst", Wrong::Empty));
    }
    let mut visit = Visit::tile(half.kind.unwrap_or(VisitKind::Coffee), half.outcome.unwrap_or(Outcome::Spoken));
    visit.who = half.who;
    visit.colleague = half.colleague;
    visit.minutes = half.minutes;
    half.note.trim().clone_into(&mut visit.note);
    half.gesture.trim().clone_into(&mut visit.gesture);
    match day(&half.happened) {
        Ok(day) => visit.happened_on = day.filter(|day| *day != today),
        Err(why) => wrong.push(("wanneer", why)),
    }
    visit.follow_up = match half.back {
        Some(OWN_DAY) => match day(&half.day) {
            Ok(Some(day)) => Some(day),
            _ => {
                wrong.push(("datum", Wrong::Empty));
                None
            }
        },
        back => back.and_then(|at| BACK[at.min(OWN_DAY)]).and_then(|days| today.checked_add_days(Days::new(days))),
    };
    if visit.kind == VisitKind::Activity && !half.heads.trim().is_empty() {
        match half.heads.trim().parse() {
            Ok(heads) => visit.heads = Some(heads),
            Err(_) => wrong.push(("mensen", Wrong::Empty)),
        }
    }
    wrong.extend(noting::check_visit(&visit, today).into_iter().map(|(at, why)| {
        let id = match at {
            At::Text | At::Thought => "tekst",
            At::Gesture => "gebaar",
            At::HappenedOn => "wanneer",
            At::FollowUp => "datum",
        };
        (id, why)
    }));
    if wrong.is_empty() { Ok(visit) } else { Err(wrong.into_iter().map(|(id, why)| (id, worker::wrong(id, why))).collect()) }
}

/// The form. `of`: the contact that is added to.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
    /// The contact that is added to.
    of: Option<EntryId>,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    // Only one's own contact can be added to; another address shows an empty form for a new one.
    let noted: Option<(EntryId, Subject, Visit)> = overview.with_untracked(|overview| {
        let state = overview.caseload.visits.get(&of?).filter(|state| state.entry.author == me && state.withdrawn.is_none())?;
        Some((state.entry.id, state.entry.payload.as_ref()?.subject, state.visit.clone()))
    });
    let adding = noted.is_some();
    let first = noted.as_ref().map(|(_, _, visit)| Half::from(visit)).unwrap_or_default();
    let correcting = StoredValue::new(noted.map(|(id, subject, _)| (id, subject)));
    let form = Form::new(first.clone());
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let restored = RwSignal::new(false);
    let busy = StoredValue::new(false);
    let touched = StoredValue::new(false);

    let draft_name = of.filter(|_| adding).map_or_else(|| format!("contact:{place}"), |entry| format!("contact:{entry}"));
    let draft = StoredValue::new_local(Draft::new(desk.clone(), draft_name.clone()));
    {
        let desk = desk.clone();
        leptos::task::spawn_local(async move {
            let half = desk.draft(&draft_name).await.and_then(|half| json::read::<Half>(&half).ok());
            // Somebody who is typing already is not interrupted.
            if let (Some(half), Some(false)) = (half, touched.try_get_value()) {
                form.fill(half);
                restored.set(true);
            }
        });
    }
    let keep = move |_| {
        touched.set_value(true);
        draft.with_value(|draft| draft.keep(&form.half()));
    };
    let first = StoredValue::new(first);
    let start_again = move || {
        draft.with_value(Draft::drop);
        form.fill(first.get_value());
        restored.set(false);
    };

    let desk = StoredValue::new_local(desk);
    let navigate = StoredValue::new_local(use_navigate());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let visit = match read(&form.half()) {
            Ok(visit) => visit,
            Err(found) => return error_summary::show(errors, found),
        };
        errors.set(Errors::new());
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        fault.set(None);
        let (desk, draft, navigate) = (desk.get_value(), draft.get_value(), navigate.get_value());
        leptos::task::spawn_local(async move {
            let bodies: Vec<(Subject, Body)> = match correcting.get_value() {
                Some((of, subject)) => vec![(subject, Correction { of, visit }.into())],
                None => desk.overview.with_untracked(|overview| {
                    noting::contact(&overview.caseload, place, visit, when::today(), HouseholdId(Uuid::new_v4()))
                }),
            };
            match desk.save(bodies).await {
                Ok(ids) => {
                    draft.drop();
                    let to = ids.last().map_or(Path::Door(place), |id| Path::DoorSaved(place, *id));
                    navigate(&to.to_string(), leptos_router::NavigateOptions { replace: true, ..Default::default() });
                }
                Err(why) => {
                    fault.set(Some(faults::save(&why)));
                    error_summary::to_top();
                }
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let own_day = move || form.back.with(|back| back.contains(&OWN_DAY));
    let activity = move || chosen(VisitKind::ALL, form.kind) == Some(VisitKind::Activity);
    let back_labels = ["Geen afspraak", "Morgen", "Volgende week", "Kies een dag"];
    let title = if adding { "Aanvullen bij " } else { "Contact bij " };
    let act = || {
        view! { <Submit class="button button--big" icon="check" words="Opslaan" form="form"/> }
    };
    view! {
        <Shell title="Contact noteren" focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{title}<PlaceName place/></h1>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            {sometimes(move || restored.get().then(|| view! {
                <div class="banner banner--info" role="status">
                    <Icon name="edit"/>
                    <div>
                        <p>{worker::WENT_ON}</p>
                        <Button words="Opnieuw beginnen" press=start_again/>
                    </div>
                </div>
            }))}
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=keep on:submit=save>
                <Choice id="soort" legend="Wat was het?" options=chips(VisitKind::ALL, labels::kind_name) look=Look::Chips
                    value=form.kind errors/>
                <Choice id="uitkomst" legend="Hoe ging het?" options=chips(Outcome::ALL, labels::outcome) look=Look::Chips
                    value=form.outcome errors/>
                {sometimes(move || activity().then(|| view! {
                    <Field id="mensen" label="Hoeveel mensen waren er?" hint="Ongeveer mag." input=Input::Number
                        value=form.heads errors/>
                }))}
                <Choice id="wie" legend="Met wie?" options=chips(Who::ALL, labels::who) look=Look::Chips value=form.who errors/>
                <Tick label="Een collega was erbij" value=form.colleague/>
                <Choice id="duur" legend="Hoe lang ongeveer?" options=chips(&MINUTES, how_long) look=Look::Chips
                    value=form.minutes errors/>
                <Field id="tekst" label="Wat wil je onthouden?" hint=worker::NO_DIAGNOSIS input=Input::Area value=form.note errors/>
                <Field id="gebaar" label="Klein gebaar" hint="Iets kleins dat je deed. Mag leeg blijven." input=Input::Line
                    value=form.gesture errors/>
                <Choice id="terug" legend="Wanneer kom je terug?" options=chips(&back_labels, |label| label) look=Look::Chips
                    value=form.back errors/>
                {sometimes(move || own_day().then(|| view! {
                    <Field id="datum" label="Op welke dag?" input=Input::Day value=form.day errors/>
                }))}
                <Field id="wanneer" label="Was het op een andere dag?" hint="Laat leeg als het vandaag was." input=Input::Day
                    value=form.happened errors/>
                <Link to=Path::Door(place) class="button button--link" words="Later verder"/>
            </form>
        </Shell>
    }
}
