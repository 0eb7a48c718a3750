//! "Ik maak me zorgen": what was seen apart from what is thought. What can't wait goes by phone first.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::guarded;
use crate::app::components::Icon;
use crate::app::components::act::{Button, Link, Submit};
use crate::app::components::alarm::Alarm;
use crate::app::components::choice::{Choice, Choosable, Look, chips, chosen, index};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input, Tick};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::drafts::Draft;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{self, faults, labels, worker};
use crate::app::when;
use crate::domain::body::{Concern, Fact, KnownBy, Severity, Tile};
use crate::domain::noting::{self, Field as At, Wrong};
use crate::domain::{HouseholdId, PlaceId, UserId, json};

/// Next steps that come up most; the last is one of one's own.
const STEPS: [&str; 4] = ["Ik ga er zelf langs", "Bespreken met mijn leidinggevende", "Ik bel iemand", "Iets anders"];
const OWN_STEP: usize = 3;

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    tile: Option<Tile>,
    severity: Option<Severity>,
    facts: Vec<Fact>,
    seen: String,
    thought: String,
    known_by: Option<KnownBy>,
    told_by: String,
    step: Option<usize>,
    own_step: String,
    due: String,
    not_mine: bool,
}

#[derive(Clone, Copy)]
struct Form {
    tile: RwSignal<Vec<usize>>,
    severity: RwSignal<Vec<usize>>,
    facts: RwSignal<Vec<usize>>,
    seen: RwSignal<String>,
    thought: RwSignal<String>,
    known_by: RwSignal<Vec<usize>>,
    told_by: RwSignal<String>,
    step: RwSignal<Vec<usize>>,
    own_step: RwSignal<String>,
    due: RwSignal<String>,
    mine: RwSignal<bool>,
}

impl Form {
    fn new() -> Self {
        let form = Self {
            tile: RwSignal::default(),
            severity: RwSignal::default(),
            facts: RwSignal::default(),
            seen: RwSignal::default(),
            thought: RwSignal::default(),
            known_by: RwSignal::default(),
            told_by: RwSignal::default(),
            step: RwSignal::default(),
            own_step: RwSignal::default(),
            due: RwSignal::default(),
            mine: RwSignal::default(),
        };
        form.fill(Half::default());
        form
    }

    fn fill(self, half: Half) {
        self.tile.set(index(Tile::ALL, half.tile.as_ref()));
        self.severity.set(index(Severity::ALL, half.severity.as_ref()));
        self.facts.set(half.facts.iter().flat_map(|fact| index(Fact::ALL, Some(fact))).collect());
        self.seen.set(half.seen);
        self.thought.set(half.thought);
        self.known_by.set(index(KnownBy::ALL, half.known_by.or(Some(KnownBy::SawIt)).as_ref()));
        self.told_by.set(half.told_by);
        self.step.set(half.step.into_iter().collect());
        self.own_step.set(half.own_step);
        self.due.set(half.due);
        self.mine.set(!half.not_mine);
    }

    fn half(self) -> Half {
        untrack(|| Half {
            tile: chosen(Tile::ALL, self.tile),
            severity: chosen(Severity::ALL, self.severity),
            facts: self.facts.with(|facts| facts.iter().filter_map(|at| Fact::ALL.get(*at)).copied().collect()),
            seen: self.seen.get(),
            thought: self.thought.get(),
            known_by: chosen(KnownBy::ALL, self.known_by),
            told_by: self.told_by.get(),
            step: self.step.with(|step| step.first().copied()),
            own_step: self.own_step.get(),
            due: self.due.get(),
            not_mine: !self.mine.get(),
        })
    }
}

fn told(known_by: Option<KnownBy>) -> bool {
    matches!(known_by, Some(KnownBy::Neighbour | KnownBy::Party))
}

// The signal that the form says, or what is wrong with it.
fn read(half: &Half, me: UserId) -> Result<Concern, Errors> {
    let mut wrong: Vec<(&'static str, Wrong)> = Vec::new();
    if half.tile.is_none() {
        wrong.push(("thema", Wrong::Empty));
    }
    if half.severity.is_none() {
        wrong.push(("ernst", Wrong::Empty));
    }
    let due = if half.due.is_empty() { None } else { half.due.parse().ok() };
    if due.is_none() && !half.due.is_empty() {
        wrong.push(("dag", Wrong::Empty));
    }
    let next_step = match half.step {
        Some(OWN_STEP) => half.own_step.trim().to_owned(),
        Some(at) => STEPS.get(at).copied().unwrap_or_default().to_owned(),
        None => String::new(),
    };
    let concern = Concern {
        tile: half.tile.unwrap_or(Tile::Money),
        severity: half.severity.unwrap_or(Severity::Watch),
        facts: half.facts.clone(),
        seen: half.seen.trim().to_owned(),
        thought: half.thought.trim().to_owned(),
        known_by: half.known_by.unwrap_or(KnownBy::SawIt),
        told_by: if told(half.known_by) { half.told_by.trim().to_owned() } else { String::new() },
        owner: (!half.not_mine).then_some(me),
        next_step,
        due,
    };
    wrong.extend(noting::check_concern(&concern, when::today()).into_iter().map(|(at, why)| {
        let id = match at {
            At::Text => "gezien",
            At::Thought => "denk",
            At::Gesture => "eigen-stap",
            At::FollowUp | At::HappenedOn => "dag",
        };
        (id, why)
    }));
    if wrong.is_empty() { Ok(concern) } else { Err(wrong.into_iter().map(|(id, why)| (id, worker::wrong(id, why))).collect()) }
}

fn tiles() -> Vec<Choosable> {
    Tile::ALL
        .iter()
        .map(|tile| Choosable { label: labels::tile(*tile), icon: labels::tile_icon(*tile), ..Choosable::default() })
        .collect()
}

fn severities() -> Vec<Choosable> {
    Severity::ALL
        .iter()
        .map(|severity| Choosable {
            label: labels::severity(*severity),
            icon: labels::severity_look(*severity).1,
            hint: labels::severity_hint(*severity),
            class: if *severity == Severity::Now { "tile--now" } else { "" },
        })
        .collect()
}

/// The form.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
    /// It goes into a closed journal: with what was written so far.
    apart: Callback<guarded::Half>,
) -> impl IntoView {
    let desk = use_desk();
    let me = desk.me.with_untracked(|me| me.user);
    let form = Form::new();
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let restored = RwSignal::new(false);
    let busy = StoredValue::new(false);
    let touched = StoredValue::new(false);

    let draft_name = format!("concern:{place}");
    let draft = StoredValue::new_local(Draft::new(desk.clone(), draft_name.clone()));
    {
        let desk = desk.clone();
        leptos::task::spawn_local(async move {
            let half = desk.draft(&draft_name).await.and_then(|half| json::read::<Half>(&half).ok());
            if let (Some(half), Some(false)) = (half, touched.try_get_value()) {
                form.fill(half);
                restored.set(true);
            }
        });
    }
    let now = derive(move || chosen(Severity::ALL, form.severity) == Some(Severity::Now));
    let keep = move |_| {
        touched.set_value(true);
        draft.with_value(|draft| draft.keep(&form.half()));
    };
    // Chosen halfway down the form: the numbers must come in sight.
    let show_alarm = move |_| {
        request_animation_frame(move || {
            if now.try_get_untracked() == Some(true)
                && let Some(alarm) = document().get_element_by_id("nu-bellen")
            {
                alarm.scroll_into_view();
            }
        });
    };
    let set_apart = move || {
        let Half { seen, thought, known_by, told_by, .. } = form.half();
        let half = guarded::Half { apart: true, seen, thought, known_by, told_by, ..guarded::Half::default() };
        draft.with_value(|draft| draft.keep(&half));
        apart.run(half);
    };
    let start_again = move || {
        draft.with_value(Draft::drop);
        form.fill(Half::default());
        restored.set(false);
    };

    let desk = StoredValue::new_local(desk);
    let navigate = StoredValue::new_local(use_navigate());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let concern = match read(&form.half(), me) {
            Ok(concern) => concern,
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
            let bodies = desk.overview.with_untracked(|overview| {
                noting::concern(&overview.caseload, place, concern, when::today(), HouseholdId(Uuid::new_v4()))
            });
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
    let own_step = move || form.step.with(|step| step.contains(&OWN_STEP));
    let told = move || told(chosen(KnownBy::ALL, form.known_by));
    let act = || {
        view! { <Submit class="button button--big" icon="check" words="Opslaan" form="form"/> }
    };
    view! {
        <Shell title="Ik maak me zorgen" focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>"Ik maak me zorgen"</h1>
                <p class="subtle"><PlaceName place/></p>
                <Button class="button button--link" icon="lock" words=texts::guarded::BUTTON press=set_apart/>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            <div id="nu-bellen" aria-live="assertive">
                {sometimes(move || now.get().then(|| view! { <Alarm title=Signal::stored(worker::CALL_FIRST.to_owned()) concern=None/> }))}
            </div>
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
                <Choice id="thema" legend="Waarover?" options=tiles() look=Look::Tiles value=form.tile errors/>
                <div on:input=show_alarm>
                    <Choice id="ernst" legend="Hoe ernstig?" options=severities() look=Look::List value=form.severity errors/>
                </div>
                <Choice id="feiten" legend="Wat viel op?" options=chips(Fact::ALL, labels::fact) look=Look::Chips many=true
                    value=form.facts errors/>
                <Field id="gezien" label="Wat heb je gezien of gehoord?" hint="Alleen wat er echt was. Geen diagnose, geen BSN."
                    input=Input::Area value=form.seen errors/>
                <Field id="denk" label="Wat denk je?" hint="Jouw idee. Dit staat apart van wat je zag." input=Input::Area
                    value=form.thought errors/>
                <Choice id="bron" legend="Hoe weet je dit?" hint="De bewoner krijgt nooit te zien wie het vertelde."
                    options=chips(KnownBy::ALL, labels::known_by) look=Look::Chips value=form.known_by errors/>
                {sometimes(move || told().then(|| view! {
                    <Field id="verteld" label="Wie vertelde het?" hint="Alleen als het nodig is. Mag leeg blijven." input=Input::Line
                        value=form.told_by errors/>
                }))}
                <Choice id="stap" legend="Wat is de volgende stap?" options=chips(&STEPS, |step| step) look=Look::Chips
                    value=form.step errors/>
                {sometimes(move || own_step().then(|| view! {
                    <Field id="eigen-stap" label="Welke stap?" input=Input::Line value=form.own_step errors/>
                }))}
                <Field id="dag" label="Wanneer?" hint="Op deze dag staat het bij Vandaag. Mag leeg blijven." input=Input::Day
                    value=form.due errors/>
                <Tick label="Ik pak dit op" value=form.mine/>
                <Link to=Path::Door(place) class="button button--link" words="Later verder"/>
            </form>
        </Shell>
    }
}
