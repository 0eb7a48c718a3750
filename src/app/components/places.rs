//! All doors, by what they are part of, and a field to find one.

use leptos::prelude::*;

use super::Icon;
use super::row::{Row, Rows};
use crate::app::desk::Overview;
use crate::app::live::{derive, live, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{places as t, worker};
use crate::domain::agenda;
use crate::domain::body::PlaceKind;
use crate::domain::caseload::{Caseload, PlaceState};
use crate::domain::{PlaceId, UserId};

/// More finds than this are not shown: a longer word finds the door sooner than a thumb.
const MOST_FOUND: usize = 30;

/// Places that can be visited: doors and spots.
#[must_use]
pub fn is_visited(place: &PlaceState) -> bool {
    place.hidden.is_none() && matches!(place.place.kind, PlaceKind::Door | PlaceKind::Spot)
}

/// How many doors there are.
#[must_use]
pub fn count(caseload: &Caseload) -> usize {
    caseload.places.values().filter(|place| place.hidden.is_none() && place.place.kind == PlaceKind::Door).count()
}

/// The doors where I was last.
#[must_use]
pub fn recent(overview: &Overview, me: UserId, most: usize) -> Vec<Row> {
    let places = agenda::recent(&overview.caseload, me, most);
    places.into_iter().map(|place| Row::read(overview, place).with_state(overview, me)).collect()
}

/// What a place is called, as it is now.
#[component]
pub fn PlaceName(
    /// Which.
    place: PlaceId,
) -> impl IntoView {
    let overview = use_desk().overview;
    let name = derive(move || overview.with(|overview| overview.caseload.place_name(place)));
    live(move || name.get())
}

#[derive(Clone, PartialEq)]
struct Group {
    place: PlaceId,
    title: String,
    meta: String,
    rows: Vec<Row>,
}

// A stairwell, a spot, a street: whatever has doors or is visited itself, below the complexes.
fn groups(overview: &Overview) -> Vec<Group> {
    let caseload = &overview.caseload;
    let mut groups = Vec::new();
    let mut ahead: Vec<&PlaceState> = caseload.parts_of(None);
    ahead.reverse();
    while let Some(state) = ahead.pop() {
        let parts = caseload.parts_of(Some(state.id));
        let (doors, inner): (Vec<_>, Vec<_>) = parts.into_iter().partition(|part| is_visited(part));
        // What only holds stairwells is in their names.
        let around = state.place.kind == PlaceKind::Complex || (state.place.kind == PlaceKind::Street && !inner.is_empty());
        ahead.extend(inner.into_iter().rev());
        if !doors.is_empty() || !around {
            groups.push(group(overview, state, &doors));
        }
    }
    groups
}

fn group(overview: &Overview, state: &PlaceState, doors: &[&PlaceState]) -> Group {
    let numbers = || doors.iter().filter_map(|door| door.place.address.as_ref()).map(|address| address.number);
    let mut meta = worker::doors(doors.len());
    if let (Some(first), Some(last)) = (numbers().min(), numbers().max()) {
        meta = format!("{} · {meta}", worker::numbers(first, last));
    }
    let mut rows: Vec<Row> = doors.iter().map(|door| Row::read(overview, door.id)).collect();
    // The stairwell itself can worry, too.
    let mut own = Row::read(overview, state.id);
    if doors.is_empty() {
        meta.clear();
    } else {
        own.why.push(("stairs", t::as_a_whole().to_owned()));
    }
    rows.insert(0, own);
    Group { place: state.id, title: overview.caseload.place_name(state.id), meta, rows }
}

/// Small letters and digits only: "Lindehof 12-2" is found by "lindehof12".
fn plain(text: &str) -> String {
    text.chars().filter(|char| char.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Finds and shows doors. `choosing`: a row leads to the tiles.
#[component]
pub fn Places(
    /// Whether a door is being chosen to note something.
    choosing: bool,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let search = RwSignal::new(String::new());
    let recent = derive(move || overview.with(|overview| self::recent(overview, me, 5)));
    let groups = derive(move || overview.with(groups));
    let found = derive(move || {
        let wanted = search.with(|search| plain(search));
        if wanted.is_empty() {
            return None;
        }
        Some(groups.with(|groups| {
            let rows = groups.iter().flat_map(|group| &group.rows);
            rows.filter(|row| plain(&row.title).contains(&wanted)).take(MOST_FOUND).cloned().collect::<Vec<_>>()
        }))
    });
    // Outlives the list, which is laid anew with each change.
    let opened = RwSignal::new(Vec::<PlaceId>::new());
    let tree = live(move || {
        groups.with(|groups| {
            groups
                .iter()
                .map(|group| {
                    let place = group.place;
                    let rows = group.rows.clone();
                    let worries: usize = rows.iter().map(|row| row.concerns.len()).sum();
                    let tag = (worries > 0).then(|| {
                        let text = t::signals(worries, None);
                        view! { <span class="tag"><Icon name="alert"/>{text}</span> }
                    });
                    let toggle = move |event: leptos::ev::Event| {
                        use wasm_bindgen::JsCast as _;
                        let details = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
                        if details.is_some_and(|details| details.has_attribute("open")) && opened.with_untracked(|opened| !opened.contains(&place)) {
                            opened.update(|opened| opened.push(place));
                        }
                    };
                    // The doors of a stairwell are built when it is opened: 240 rows at once would be felt.
                    view! {
                        <li class="row row--plain">
                            <details class="more" id=group.place.to_string() on:toggle=toggle>
                                <summary>
                                    <Icon name="next"/>
                                    <span>
                                        <span class="row__title">{group.title.clone()}</span>" "
                                        <span class="row__meta">{group.meta.clone()}</span>" "
                                        {tag}
                                    </span>
                                </summary>
                                {sometimes(move || opened.with(|opened| opened.contains(&place)).then(|| view! { <Rows rows=rows.clone() choosing/> }))}
                            </details>
                        </li>
                    }
                })
                .collect_view()
        })
    });
    let results = sometimes(move || {
        found.get().map(|rows| {
            let said = t::found(rows.len(), MOST_FOUND);
            view! {
                <section class="section">
                    <p class="subtle" role="status">{said}</p>
                    <Rows rows choosing/>
                </section>
            }
        })
    });
    view! {
        <div class="field">
            <label class="label" for="zoek">{t::find()}</label>
            <div class="search">
                <Icon name="search"/>
                <input class="input" id="zoek" type="search" placeholder=t::find_hint() autocomplete="off" prop:value=search
                    on:input=move |event| search.set(event_target_value(&event))/>
            </div>
        </div>
        {results}
        <div class="columns" hidden=move || found.with(Option::is_some)>
            <section class="section">
                <div class="section__head"><h2>{if choosing { t::choose_stairwell() } else { t::stairwells() }}</h2></div>
                <ul class="rows">{tree}</ul>
            </section>
            {sometimes(move || recent.with(|recent| (!recent.is_empty()).then(|| view! {
                <section class="section">
                    <div class="section__head"><h2>{worker::last_been()}</h2></div>
                    <Rows rows=recent.clone() choosing/>
                </section>
            })))}
        </div>
    }
}
