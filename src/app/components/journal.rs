//! What was written about a door, in plain words, latest first. What was added to an entry stands with it.

use leptos::prelude::*;

use super::Icon;
use super::act::Link;
use super::row::ConcernTag;
use super::state::{State, StateTag, state_of};
use crate::app::desk::Overview;
use crate::app::paths::Path;
use crate::app::texts::{labels, worker};
use crate::app::when;
use crate::domain::body::{Body, Change, Concern, Set, Severity, Standing, Tile, Verdict, Visit};
use crate::domain::{Entry, EntryId, PlaceId, UserId};

/// An entry as the screen says it.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    id: EntryId,
    class: &'static str,
    icon: &'static str,
    title: String,
    meta: String,
    tag: Option<(Tile, Severity)>,
    texts: Vec<String>,
    state: Option<State>,
    completes: bool,
}

/// What was written about a place and who lives there now, latest first.
#[must_use]
pub fn read(overview: &Overview, me: UserId, place: PlaceId) -> Vec<EntryRow> {
    overview.caseload.history_of(place).into_iter().rev().filter_map(|entry| row(overview, me, entry)).collect()
}

fn row(overview: &Overview, me: UserId, entry: &Entry) -> Option<EntryRow> {
    let caseload = &overview.caseload;
    let who = if entry.author == me {
        "Jij".to_owned()
    } else {
        overview.name(entry.author).unwrap_or_else(|| "Een collega".to_owned())
    };
    let mut with = vec![entry.id];
    let mut row = EntryRow {
        id: entry.id,
        class: "entry",
        icon: "note",
        title: String::new(),
        meta: who,
        tag: None,
        texts: Vec::new(),
        state: None,
        completes: false,
    };
    let Some(payload) = &entry.payload else {
        row.title = "Nieuwer dan deze app".to_owned();
        return Some(row);
    };
    let written = payload.written_at;
    let mut day = if entry.author == me {
        when::day_time(written)
    } else {
        format!("{} ({})", when::day(when::day_of(written)), when::part_of_day(written))
    };
    match &payload.body {
        Body::Visit(noted) => {
            let state = caseload.visits.get(&entry.id);
            let visit = state.map_or(noted, |state| &state.visit);
            if let Some(state) = state {
                with.extend(&state.corrections);
                with.extend(state.withdrawn);
                row.completes = entry.author == me && state.withdrawn.is_none();
                if state.withdrawn.is_some() {
                    row.texts.push("Ongedaan gemaakt: dit telt niet mee.".to_owned());
                } else if !state.corrections.is_empty() {
                    row.texts.push("Aangevuld".to_owned());
                }
            }
            if let Some(happened) = visit.happened_on {
                day = when::day(happened);
            }
            row.icon = labels::contact_icon(visit.kind, visit.outcome);
            row.title = labels::contact(visit.kind, visit.outcome);
            visit_texts(&mut row, visit);
        }
        Body::Concern(concern) => {
            let state = caseload.concerns.get(&entry.id);
            row.class =
                if concern.severity == Severity::Now { "entry entry--concern entry--now" } else { "entry entry--concern" };
            row.icon = "alert";
            row.title = "Ik maak me zorgen".to_owned();
            row.tag = Some((concern.tile, state.map_or(concern.severity, |state| state.severity())));
            concern_texts(&mut row, concern);
            if let Some(state) = state {
                for (id, called) in &state.called {
                    with.push(*id);
                    row.texts.push(format!("Gebeld met {}, om {}", called.whom, when::time(called.at)));
                }
                if state.withdrawn.is_some() {
                    with.extend(state.withdrawn);
                    row.texts.push("Ongedaan gemaakt: dit telt niet mee.".to_owned());
                } else if !state.is_open() {
                    row.texts.push("Afgesloten".to_owned());
                }
            }
        }
        Body::Change(change) => {
            row.icon = "edit";
            change_texts(&mut row, overview, change);
        }
        Body::Household(_) => {
            row.icon = "house";
            row.title = "Bewoning begonnen".to_owned();
        }
        Body::Person(person) => {
            row.icon = "user";
            row.title = "Bewoner erbij".to_owned();
            row.texts.push(named(labels::who(person.role), &person.called));
        }
        Body::Flame(flame) => {
            row.icon = "flame";
            row.title = format!("Afspraak: {}", labels::how_often(flame.how_often));
        }
        Body::Building(building) => {
            row.icon = "house";
            row.title = labels::building(building.kind).to_owned();
            if let Some(by) = caseload.buildings.get(&entry.id).and_then(|state| state.withdrawn) {
                with.push(by);
                row.texts.push("Ongedaan gemaakt: dit telt niet mee.".to_owned());
            }
        }
        Body::Unknown { .. } => row.title = "Nieuwer dan deze app".to_owned(),
        // The rest stands with what it is about, or is the place itself.
        _ => return None,
    }
    for review in caseload.reviews.get(&entry.id).into_iter().flatten() {
        if let Verdict::Question(question) = &review.verdict {
            let name = overview.name(review.author).unwrap_or_else(|| "Leidinggevende".to_owned());
            row.texts.push(format!("{name}: {question}"));
        }
    }
    row.meta =
        format!("{} · {day}{}", row.meta, meta_more(&payload.body, caseload.visits.get(&entry.id).map(|state| &state.visit)));
    row.state = state_of(overview, me, &with);
    Some(row)
}

/// "Bewoner, mevrouw De Vries".
#[must_use]
pub fn named(role: &str, called: &str) -> String {
    if called.is_empty() { role.to_owned() } else { format!("{role}, {called}") }
}

fn meta_more(body: &Body, visit: Option<&Visit>) -> String {
    let mut more = String::new();
    match body {
        Body::Visit(noted) => {
            let visit = visit.unwrap_or(noted);
            if let Some(who) = visit.who {
                more.push_str(" · met: ");
                more.push_str(&labels::who(who).to_lowercase());
            }
            if visit.colleague {
                more.push_str(" · samen met een collega");
            }
            if let Some(heads) = visit.heads {
                more.push_str(&format!(" · {heads} mensen"));
            }
        }
        Body::Concern(concern) => {
            more.push_str(" · ");
            more.push_str(&labels::known_by(concern.known_by).to_lowercase());
        }
        _ => {}
    }
    more
}

fn visit_texts(row: &mut EntryRow, visit: &Visit) {
    if !visit.note.is_empty() {
        row.texts.push(visit.note.clone());
    }
    if !visit.gesture.is_empty() {
        row.texts.push(format!("Klein gebaar: {}", visit.gesture));
    }
    if let Some(day) = visit.follow_up {
        row.texts.push(format!("Beloofd terug te komen: {}", when::day(day)));
    }
}

fn concern_texts(row: &mut EntryRow, concern: &Concern) {
    if !concern.facts.is_empty() {
        row.texts.push(concern.facts.iter().map(|fact| labels::fact(*fact)).collect::<Vec<_>>().join(" · "));
    }
    for (label, text) in [("Gezien", &concern.seen), ("Idee", &concern.thought), ("Volgende stap", &concern.next_step)] {
        if !text.is_empty() {
            row.texts.push(format!("{label}: {text}"));
        }
    }
}

fn change_texts(row: &mut EntryRow, overview: &Overview, change: &Change) {
    row.title = match &change.set {
        Set::Severity(severity) => format!("Ernst: {}", labels::severity(*severity).to_lowercase()),
        Set::Owner(owner) => match owner {
            Some(owner) => format!("Opgepakt door {}", overview.name(*owner).unwrap_or_else(|| "een collega".to_owned())),
            None => "Door niemand opgepakt".to_owned(),
        },
        Set::NextStep(step) => {
            row.texts.push(step.clone());
            "Volgende stap".to_owned()
        }
        Set::Due(day) => day.map_or_else(|| "Geen dag meer".to_owned(), |day| format!("Voor: {}", when::day(day))),
        Set::Standing(Standing::Open) => "Signaal weer open".to_owned(),
        Set::Standing(Standing::Closed { came_of }) => {
            row.icon = "check";
            row.texts.push(came_of.clone());
            "Signaal afgesloten".to_owned()
        }
    };
}

/// The list.
#[component]
pub fn Journal(
    /// Where: "Aanvullen" leads there.
    place: PlaceId,
    /// The entries.
    rows: Vec<EntryRow>,
) -> impl IntoView {
    let rows = rows
        .into_iter()
        .map(|row| {
            let tag = row.tag.map(|(tile, severity)| view! { <p class="tags"><ConcernTag tile severity/></p> });
            let complete = row.completes.then(|| {
                view! { <Link to=Path::Complete(place, row.id) class="button button--link" words="Aanvullen"/> }
            });
            view! {
                <li class=row.class>
                    <span class="entry__icon"><Icon name=row.icon/></span>
                    <h3 class="entry__title">{worker::capital(&row.title)}</h3>
                    <p class="entry__meta">{row.meta}</p>
                    {tag}
                    {row.texts.into_iter().map(|text| view! { <p>{text}</p> }).collect_view()}
                    {row.state.map(|state| view! { <StateTag state/> })}
                    {complete}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="journal">{rows}</ol> }
}
