//! Somebody whose door is not known: noting another time, a worry, and "ik weet nu welke deur".

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

use crate::app::components::Icon;
use crate::app::components::act::Submit;
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::choice::{Choice, Choosable, Look, chosen, index};
use crate::app::components::concern_card::ConcernCard;
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, WentOn};
use crate::app::components::journal::{self, Journal};
use crate::app::components::places::PlaceName;
use crate::app::components::saved::Saved;
use crate::app::components::shell::{Shell, focus};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, noting as t, places, worker};
use crate::domain::body::{Behind, Concern, KnownBy, Outcome, PlaceKind, Severity, Tile, Visit, VisitKind};
use crate::domain::{HouseholdId, PlaceId, Subject, noting, stairwell};

use super::super::door::writer::{JustSaved, Writer};
use super::itself::called;
use super::met::TILES;

/// The ids of the fields that close a signal.
const CLOSE: [&str; 3] = ["sluiten", "sluiten-2", "sluiten-3"];

/// The page.
#[component]
pub fn Page(
    /// Who.
    household: HouseholdId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let who = derive(move || {
        overview.with(|overview| {
            let caseload = &overview.caseload;
            let state = caseload.households.get(&household)?;
            let at = caseload.places.get(&state.household.door)?;
            Some((called(caseload, state), at.id, at.place.kind == PlaceKind::Door, state.ended.is_some()))
        })
    });
    let writer = Writer::new(desk);
    let saved = RwSignal::new(JustSaved::None);
    let subject = Subject::Household(household);
    let note = move |kind: VisitKind, outcome: Outcome| {
        writer.save(vec![(subject, Visit::tile(kind, outcome).into())], "", move |ids| {
            saved.set(ids.first().map(|id| (*id, labels::contact(kind, outcome), true, true)));
        });
    };
    let take_back = Callback::new(move |()| {
        saved.set(None);
        writer.said.set(worker::undone());
        request_animation_frame(|| focus("main"));
    });
    let concerns = derive(move || {
        overview.with(|overview| {
            let caseload = &overview.caseload;
            let about = caseload.history.get(&subject).into_iter().flatten();
            let open = about.filter_map(|id| caseload.concerns.get(id)).filter(|state| state.is_open());
            open.map(|state| state.entry.id).collect::<Vec<_>>()
        })
    });
    let rows = derive(move || {
        overview.with(|overview| {
            let Some(state) = overview.caseload.households.get(&household) else { return Vec::new() };
            journal::about(overview, me, state)
        })
    });
    let tiles = move || {
        TILES
            .into_iter()
            .map(|(kind, outcome)| {
                view! {
                    <button class="tile" type="button" on:click=move |_| note(kind, outcome)>
                        <Icon name=labels::contact_icon(kind, outcome)/>
                        <span>{labels::contact(kind, outcome)}</span>
                    </button>
                }
            })
            .collect_view()
    };
    let body = live(move || match who.get() {
        None => view! { <div class="page__head"><h1>{places::met_somebody()}</h1><p>{places::not_here()}</p></div> }.into_any(),
        Some((name, at, is_door, ended)) => {
            let panel = sometimes(move || {
                saved.get().map(|(entry, what, completes, undoes)| {
                    view! { <Saved place=at entry what completes undoes undone=take_back/> }
                })
            });
            let cards = sometimes(move || {
                let open = concerns.get();
                (!open.is_empty()).then(|| {
                    let cards =
                        open.into_iter().enumerate().map(|(at, of)| view! { <ConcernCard of close=CLOSE.get(at).copied()/> });
                    view! { <section class="section"><h2>{places::signals_title()}</h2>{cards.collect_view()}</section> }
                })
            });
            let act = (!ended).then(|| {
                view! {
                    <section class="section">
                        <h2>{places::note()}</h2>
                        <div class="tiles">{tiles()}</div>
                        <Worry subject name=format!("worry:{at}:{household}") writer saved/>
                    </section>
                    <WhichDoor household at writer/>
                }
            });
            view! {
                <div class="page__head">
                    <a class="back" href=Path::Door(at).to_string()><Icon name="back"/><PlaceName place=at/></a>
                    <h1>{name}</h1>
                    <p class="subtle">{if is_door { "" } else { places::met_list() }}</p>
                </div>
                {panel}
                <p class="said" role="status">{live(move || writer.said.get())}</p>
                <Fault fault=writer.fault/>
                {cards}
                {act}
                <section class="section">
                    <h2>{places::before()}</h2>
                    <Journal place=at rows=Signal::derive(move || rows.get())/>
                </section>
            }
            .into_any()
        }
    });
    view! { <Shell title=places::household()>{body}</Shell> }
}

/// What is kept of a worry that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    tile: Option<Tile>,
    severity: Option<Severity>,
    seen: String,
}

/// "Ik maak me zorgen", in short: what about, how serious, what was seen. It is mine.
#[component]
fn Worry(subject: Subject, name: String, writer: Writer, saved: RwSignal<JustSaved>) -> impl IntoView {
    let me = writer.desk.with_value(|desk| desk.me.with_untracked(|me| me.user));
    let (tile, severity) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let (seen, guard) = (RwSignal::new(String::new()), Guard::new());
    let fill = move |half: Half| {
        tile.set(index(Tile::ALL, half.tile.as_ref()));
        severity.set(index(Severity::ALL, half.severity.as_ref()));
        seen.set(half.seen);
    };
    let half =
        move || untrack(|| Half { tile: chosen(Tile::ALL, tile), severity: chosen(Severity::ALL, severity), seen: seen.get() });
    let kept = writer.desk.with_value(|desk| Kept::begin(desk, name, Half::default(), fill, half));
    let errors = RwSignal::new(Errors::new());
    let tiles = Tile::ALL
        .iter()
        .map(|tile| Choosable { label: labels::tile(*tile).into(), icon: labels::tile_icon(*tile), ..Choosable::default() })
        .collect::<Vec<_>>();
    let severities = Severity::ALL
        .iter()
        .map(|severity| Choosable {
            label: labels::severity(*severity).into(),
            icon: labels::severity_look(*severity).1,
            hint: labels::severity_hint(*severity),
            class: if *severity == Severity::Now { "tile--now" } else { "" },
        })
        .collect::<Vec<_>>();
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let (what, weight) = (chosen(Tile::ALL, tile), chosen(Severity::ALL, severity));
        let concern = Concern {
            tile: what.unwrap_or(Tile::Health),
            severity: weight.unwrap_or(Severity::Watch),
            facts: Vec::new(),
            seen: seen.get_untracked().trim().to_owned(),
            thought: String::new(),
            known_by: KnownBy::SawIt,
            told_by: String::new(),
            owner: Some(me),
            next_step: String::new(),
            due: None,
        };
        let mut found = Errors::new();
        if what.is_none() {
            found.push(("thema", worker::wrong("thema", noting::Wrong::Empty)));
        }
        if weight.is_none() {
            found.push(("ernst", worker::wrong("ernst", noting::Wrong::Empty)));
        }
        let today = crate::app::when::today();
        found.extend(noting::check_concern(&concern, today).into_iter().map(|(_, why)| ("tekst", worker::wrong("tekst", why))));
        found.extend(guard.check(&[("tekst", concern.seen.as_str())]));
        if let Some((field, _)) = found.first() {
            focus(field);
        }
        errors.set(found);
        if errors.with_untracked(|errors| !errors.is_empty()) {
            return;
        }
        let said = worker::concern(concern.tile, concern.severity);
        writer.save(vec![(subject, concern.into())], "", move |ids| {
            kept.done();
            fill(Half::default());
            saved.set(ids.first().map(|id| (*id, said, false, true)));
        });
    };
    view! {
        <details class="more" prop:open=kept.opened()>
            <summary><Icon name="next"/>{worker::worried()}</summary>
            <WentOn kept/>
            <form autocomplete="off" class="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <Choice id="thema" legend=t::worry_tile() options=tiles look=Look::Tiles value=tile errors/>
                <Choice id="ernst" legend=t::worry_severity() options=severities look=Look::List value=severity errors/>
                <Field id="tekst" label=t::seen() hint=worker::no_diagnosis() input=Input::Area value=seen errors/>
                <BsnTick guard/>
                <Submit icon="check" words=t::save()/>
            </form>
        </details>
    }
}

/// More doors than this are not shown at once.
const MOST: usize = 60;

/// "Ik weet nu welke deur": the doors of the stairwell first, any other by its number.
#[component]
fn WhichDoor(household: HouseholdId, at: PlaceId, writer: Writer) -> impl IntoView {
    let overview = use_desk().overview;
    let wanted = RwSignal::new(String::new());
    let navigate = StoredValue::new_local(use_navigate());
    let doors = derive(move || {
        let wanted = wanted.get();
        overview.with(|overview| stairwell::find(&overview.caseload, &wanted, Some(at), MOST))
    });
    let link = move |door: PlaceId| {
        writer.save(vec![(Subject::Household(household), Behind { door }.into())], "", move |_| {
            let to = Path::Door(door).to_string();
            navigate.with_value(|navigate| navigate(&to, Default::default()));
        });
    };
    let buttons = live(move || {
        let buttons = doors.get().into_iter().map(|(door, name, taken)| {
            let taken = taken.then(|| view! { <br/><span class="row__meta">{places::which_door_taken()}</span> });
            view! {
                <button class="button button--quiet" type="button" on:click=move |_| link(door)>
                    <Icon name="door"/><span>{name}{taken}</span>
                </button>
            }
        });
        view! { <div class="actions actions--grid">{buttons.collect_view()}</div> }
    });
    view! {
        <details class="more">
            <summary><Icon name="next"/>{places::which_door()}</summary>
            <div class="stack">
                <p class="hint">{places::which_door_hint()}</p>
                <div class="field">
                    <label class="label" for="zoek-deur">{places::find()}</label>
                    <div class="search">
                        <Icon name="search"/>
                        <input class="input" id="zoek-deur" type="search" placeholder=places::find_hint() autocomplete="off"
                            prop:value=wanted on:input=move |event| wanted.set(event_target_value(&event))/>
                    </div>
                </div>
                {buttons}
            </div>
        </details>
    }
}
