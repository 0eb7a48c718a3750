//! A door in a list: why it is there, what worries, when somebody was there last, and a second target to note at once.

use leptos::prelude::*;

use super::Icon;
use super::state::{State, StateTag, state_of};
use crate::app::desk::Overview;
use crate::app::paths::Path;
use crate::app::pieces;
use crate::app::texts::{labels, noting, worker};
use crate::domain::body::{Body, Severity, Tile, Verdict};
use crate::domain::{PlaceId, UserId};

/// What a row shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where.
    pub place: PlaceId,
    /// What it is called.
    pub title: String,
    /// Why it is there, with an icon.
    pub why: Vec<(&'static str, String)>,
    /// The last contact, or what there is to know.
    pub last: String,
    /// The open signals.
    pub concerns: Vec<(Tile, Severity)>,
    /// How far my last note there is.
    pub state: Option<State>,
    /// Whether it can wait for another day.
    pub can_wait: bool,
}

impl Row {
    /// A door as it is now.
    #[must_use]
    pub fn read(overview: &Overview, place: PlaceId) -> Self {
        let caseload = &overview.caseload;
        let last = caseload.visits_at(place).first().map_or_else(String::new, |visit| worker::visit_short(visit));
        let concerns = caseload.open_concerns_at(place).into_iter().map(|state| (state.concern.tile, state.severity())).collect();
        Self { place, title: caseload.place_name(place), why: Vec::new(), last, concerns, state: None, can_wait: false }
    }

    /// With the state of my last note there.
    #[must_use]
    pub fn with_state(mut self, overview: &Overview, me: UserId) -> Self {
        let noted = |body: &Body| !matches!(body, Body::PutOff(_));
        let mine: Vec<_> = overview
            .caseload
            .history_of(self.place)
            .into_iter()
            .filter(|entry| entry.author == me && entry.payload.as_ref().is_none_or(|payload| noted(&payload.body)))
            .collect();
        let last = mine.last().copied();
        // A question asked since I was last here, about any of my notes, goes first: nobody may miss it.
        let asked = mine.iter().rev().find(|entry| {
            let reviews = overview.caseload.reviews.get(&entry.id).into_iter().flatten();
            let written = last.and_then(|last| last.payload.as_ref()).map(|payload| payload.written_at);
            reviews.max_by_key(|review| review.at).is_some_and(|review| {
                matches!(review.verdict, Verdict::Question(_)) && written.is_none_or(|written| review.at > written)
            })
        });
        self.state = asked.copied().or(last).and_then(|entry| state_of(overview, me, &[entry.id]));
        self.last = worker::capital(&self.last);
        self
    }
}

/// A signal in a word: "Geld, bespreken".
#[component]
pub fn ConcernTag(
    /// What about.
    tile: Tile,
    /// How serious it counts.
    severity: Severity,
) -> impl IntoView {
    let (class, _) = labels::severity_look(severity);
    view! { <span class=class><Icon name=labels::tile_icon(tile)/>{worker::concern(tile, severity)}</span> }
}

/// The row. `choosing`: the whole row leads to the tiles, there is no second target.
#[component]
pub fn DoorRow(
    /// What it shows.
    row: Row,
    /// Whether a door is being chosen to note something.
    choosing: bool,
) -> impl IntoView {
    let why = row
        .why
        .into_iter()
        .map(|(icon, text)| view! { <span class="row__why line"><Icon name=icon/><span>{text}</span></span> })
        .collect_view();
    let tags = row.concerns.into_iter().map(|(tile, severity)| view! { <ConcernTag tile severity/> }).collect_view();
    let href = if choosing { Path::NoteAt(row.place) } else { Path::Door(row.place) };
    let note = (!choosing).then(|| {
        view! {
            <a class="row__note" href=Path::NoteAt(row.place).to_string() aria-label=noting::note_at(&row.title)>
                <Icon name="edit"/>
                <span>{noting::note()}</span>
            </a>
        }
    });
    let later = row.can_wait.then(|| pieces::put_off(row.place, row.title.clone()));
    view! {
        <li class="row">
            <a class="row__link" href=href.to_string()>
                <span class="row__title">{row.title}</span>
                {why}
                {(!row.last.is_empty()).then(|| view! { <span class="row__meta">{row.last}</span> })}
                <span class="tags">{tags}{row.state.map(|state| view! { <StateTag state/> })}</span>
            </a>
            {note}
            {later}
        </li>
    }
}

/// Rows below each other.
#[component]
pub fn Rows(
    /// Which.
    rows: Vec<Row>,
    /// Whether a door is being chosen to note something.
    #[prop(optional)]
    choosing: bool,
) -> impl IntoView {
    view! { <ul class="rows">{rows.into_iter().map(|row| view! { <DoorRow row choosing/> }).collect_view()}</ul> }
}
