//! "Iets erbij zetten": what it helps to know about a door, on one form. What is half-written is kept.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::app::components::act::{Button, Link, Submit};
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::choice::{Choice, Choosable, Look, chosen, index};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input, Tick};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::components::{Icon, Notice};
use crate::app::drafts::Draft;
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{noting, places, worker};
use crate::app::when;
use crate::domain::body::{Known, KnownKind, KnownOf};
use crate::domain::knowing::{self, Field as At, Wrong};
use crate::domain::{HouseholdId, PlaceId, json};

use super::door::leaving::Gone;
use super::door::writer::Writer;

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    what: Option<KnownKind>,
    text: String,
    until: String,
    agreed: bool,
    /// Whom it was begun about.
    about: Option<HouseholdId>,
}

#[derive(Clone, Copy)]
struct Form {
    what: RwSignal<Vec<usize>>,
    text: RwSignal<String>,
    until: RwSignal<String>,
    agreed: RwSignal<bool>,
    about: RwSignal<Option<HouseholdId>>,
}

impl Form {
    fn new() -> Self {
        Self {
            what: RwSignal::default(),
            text: RwSignal::default(),
            until: RwSignal::default(),
            agreed: RwSignal::default(),
            about: RwSignal::default(),
        }
    }

    fn fill(self, half: Half) {
        self.what.set(index(KnownKind::ALL, half.what.as_ref()));
        self.text.set(half.text);
        self.until.set(half.until);
        self.agreed.set(half.agreed);
        if half.about.is_some() {
            self.about.set(half.about);
        }
    }

    fn half(self) -> Half {
        untrack(|| Half {
            what: chosen(KnownKind::ALL, self.what),
            text: self.text.get(),
            until: self.until.get(),
            agreed: self.agreed.get(),
            about: self.about.get(),
        })
    }
}

// What the form says, or what is wrong with it.
fn read(half: &Half, today: NaiveDate) -> Result<Known, Errors> {
    let Some(what) = half.what else {
        return Err(vec![("wat", places::wrong("wat", Wrong::Empty, None))]);
    };
    let until = if knowing::needs_day(what) { half.until.parse().ok() } else { None };
    let agreed = half.agreed && what.needs_agreement();
    let known = Known { what, text: half.text.trim().to_owned(), until, agreed };
    let found = knowing::check(&known, today);
    let last = (what.of() == KnownOf::Safety).then(|| knowing::safety_until(today));
    let errors: Errors = found
        .into_iter()
        .map(|(at, why)| {
            let id = match at {
                At::Text | At::Called => "weten-tekst",
                At::Day => "tot",
                At::Agreed => "goed",
            };
            (id, places::wrong(id, why, last))
        })
        .collect();
    if errors.is_empty() { Ok(known) } else { Err(errors) }
}

/// The form.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let form = Form::new();
    form.about.set(overview.with_untracked(|overview| overview.caseload.household_at(place).map(|household| household.id)));
    let errors = RwSignal::new(Errors::new());
    let (restored, touched) = (RwSignal::new(false), StoredValue::new(false));
    let draft_name = format!("knowing:{place}");
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
    let start_again = move || {
        draft.with_value(Draft::drop);
        form.fill(Half::default());
        restored.set(false);
    };
    let guard = Guard::new();
    let writer = Writer::new(desk);
    let navigate = StoredValue::new_local(use_navigate());
    // When others live there by now it is said, and saved only by who was told.
    let left_alone = derive(move || overview.with(|overview| overview.caseload.no_contact.contains_key(&place)));
    let others = derive(move || overview.with(|overview| knowing::others_now(&overview.caseload, place, form.about.get())));
    let warned = StoredValue::new(false);
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let today = when::today();
        let known = match read(&form.half(), today) {
            Ok(known) => known,
            Err(found) => return error_summary::show(errors, found),
        };
        let found = guard.check(&[("weten-tekst", known.text.as_str())]);
        if !found.is_empty() {
            return error_summary::show(errors, found);
        }
        errors.set(Errors::new());
        if left_alone.get_untracked() || (others.get_untracked() && !warned.get_value()) {
            warned.set_value(true);
            return error_summary::to_top();
        }
        let bodies = writer.look(|overview| knowing::known(&overview.caseload, place, known, today, HouseholdId(Uuid::new_v4())));
        writer.save(bodies, "", move |ids| {
            draft.with_value(Draft::drop);
            let to = ids.last().map_or(Path::Door(place), |id| Path::DoorSaved(place, *id));
            let options = leptos_router::NavigateOptions { replace: true, ..Default::default() };
            navigate.with_value(|navigate| navigate(&to.to_string(), options));
        });
    };
    let options = KnownKind::ALL
        .iter()
        .map(|what| Choosable {
            label: places::known(*what).into(),
            icon: places::known_icon(*what),
            hint: places::known_hint(*what),
            class: if what.of() == KnownOf::Safety { "tile--now" } else { "" },
        })
        .collect::<Vec<_>>();
    let what = derive(move || chosen(KnownKind::ALL, form.what));
    let fields = live(move || {
        what.get().map(|what| {
            let text = if matches!(what, KnownKind::BackDoor | KnownKind::Dog | KnownKind::Away) {
                places::say_more()
            } else {
                places::add_text()
            };
            let label = if what == KnownKind::Away { places::add_until_away() } else { places::add_until() };
            let day = knowing::needs_day(what).then(|| {
                if what.of() == KnownOf::Safety {
                    view! { <Field id="tot" label hint=places::safety_until_hint() input=Input::Day value=form.until errors/> }
                        .into_any()
                } else {
                    view! { <Field id="tot" label input=Input::Day value=form.until errors/> }.into_any()
                }
            });
            let agreed = what.needs_agreement().then(|| {
                let hint =
                    if what == KnownKind::ContactPerson { places::add_agreed_hint_person() } else { places::add_agreed_hint() };
                view! { <Agreed hint value=form.agreed errors/> }
            });
            view! {
                <Field id="weten-tekst" label=text hint=places::known_text_hint(what) input=Input::Area value=form.text errors/>
                {day}
                {agreed}
            }
        })
    });
    let act = || {
        view! { <Submit class="button button--big" icon="check" words=noting::save() form="form"/> }
    };
    view! {
        <Shell title=places::good_to_know() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{places::add_for()}<PlaceName place/></h1>
            </div>
            <Gone place/>
            {sometimes(move || {
                let (title, words) = if left_alone.get() {
                    (places::leave_alone(), places::alone_now())
                } else if others.get() {
                    (places::changed_title(), places::changed_under_you())
                } else {
                    return None;
                };
                Some(view! { <div role="status"><Notice kind="warn" icon="alert" title><p>{words}</p></Notice></div> })
            })}
            <ErrorSummary errors/>
            <BsnTick guard/>
            <Fault fault=writer.fault/>
            {sometimes(move || restored.get().then(|| view! {
                <div class="banner banner--info" role="status">
                    <Icon name="edit"/>
                    <div>
                        <p>{worker::went_on()}</p>
                        <Button words=worker::begin_again() press=start_again/>
                    </div>
                </div>
            }))}
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=keep on:submit=save>
                <Choice id="wat" legend=places::add_what() options look=Look::List value=form.what errors/>
                {fields}
                <Link to=Path::Door(place) class="button button--link" words=noting::later()/>
            </form>
        </Shell>
    }
}

/// The yes of who it is about, with what is wrong with it.
#[component]
fn Agreed(hint: &'static str, value: RwSignal<bool>, errors: RwSignal<Errors>) -> impl IntoView {
    let error = derive(move || error_summary::error_of(errors, "goed"));
    view! {
        <fieldset class=move || if error.with(Option::is_some) { "field field--error" } else { "field" } id="goed" tabindex="-1"
            aria-describedby=move || error.with(Option::is_some).then_some("goed-error")>
            <legend class="label">{places::is_it_all_right()}</legend>
            <p class="hint">{hint}</p>
            {sometimes(move || error.get().map(|text| view! {
                <p class="field__error" id="goed-error"><Icon name="alert"/>{text}</p>
            }))}
            <Tick label=places::add_agreed() value/>
        </fieldset>
    }
}
