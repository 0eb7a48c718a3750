//! Complexes, stairwells and spots, each with what is in it.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{labels, places};
use crate::domain::body::{PlaceKind, Severity};
use crate::domain::stairwell::{self, Part};

fn icon(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Complex | PlaceKind::Street | PlaceKind::Courtyard => "house",
        PlaceKind::Stairwell | PlaceKind::Gallery => "stairs",
        PlaceKind::Door => "door",
        PlaceKind::Spot => "group",
    }
}

fn row(part: Part, around: Option<&str>) -> AnyView {
    let to = if part.kind == PlaceKind::Door { Path::Door(part.place) } else { Path::Place(part.place) };
    let within = &part.within;
    let mut tags: Vec<(&'static str, &'static str, String)> = Vec::new();
    if within.signals > 0 {
        let class = within.worst.map_or("tag", |worst: Severity| labels::severity_look(worst).0);
        tags.push((class, "alert", places::signals(within.signals, within.worst)));
    }
    if within.building > 0 {
        tags.push(("tag", "house", places::building(within.building)));
    }
    if within.met > 0 {
        tags.push(("tag", "user", places::met(within.met)));
    }
    let tags = (!tags.is_empty()).then(|| {
        let tags = tags.into_iter().map(|(class, icon, words)| view! { <span class=class><Icon name=icon/>{words}</span> });
        view! { <span class="tags">{tags.collect_view()}</span> }
    });
    // Under its complex the name alone is enough to see; to be heard it needs both.
    let around = around.map(|around| view! { <span class="visually-hidden">{format!(", {around}")}</span> });
    let meta = places::within(part.kind, within);
    view! {
        <li class="row">
            <a class="row__link row__link--place" href=to.to_string()>
                <span class="place__icon"><Icon name=icon(part.kind)/></span>
                <span class="place__words">
                    <span class="row__title">{part.name}{around}</span>" "
                    <span class="row__meta">{meta}</span>" "
                    {tags}
                </span>
                <Icon name="next"/>
            </a>
        </li>
    }
    .into_any()
}

/// Places below each other.
pub(super) fn rows(parts: Vec<Part>) -> AnyView {
    view! { <ul class="rows">{parts.into_iter().map(|part| row(part, None)).collect_view()}</ul> }.into_any()
}

/// The tree of the neighbourhood.
#[component]
pub fn Tree() -> impl IntoView {
    let overview = use_desk().overview;
    let branches = derive(move || overview.with(|overview| stairwell::tree(&overview.caseload)));
    let empty = derive(move || branches.with(Vec::is_empty));
    let nothing = sometimes(move || {
        empty.get().then(|| {
            view! {
                <div class="card"><div class="empty">
                    <Icon name="door"/>
                    <h2>{places::no_places()}</h2>
                    <p>{places::no_places_do()}</p>
                </div></div>
            }
        })
    });
    let tree = live(move || {
        let branches = branches.get();
        let one = branches.len() == 1;
        branches
            .into_iter()
            .map(|branch| {
                let around = branch.around.as_ref().map(|around| around.name.clone());
                let head = branch.around.map_or_else(
                    || (!one).then(|| view! { <h2>{places::alone()}</h2> }.into_any()),
                    |around| {
                        let to = Path::Place(around.place).to_string();
                        let meta = places::within(around.kind, &around.within);
                        Some(
                            view! { <h2><a class="place__name" href=to>{around.name}</a></h2><p class="row__meta">{meta}</p> }
                                .into_any(),
                        )
                    },
                );
                let parts = branch.parts.into_iter().map(|part| row(part, around.as_deref())).collect_view();
                view! {
                    <section class="section">
                        <div class="section__head">{head}</div>
                        <ul class="rows">{parts}</ul>
                    </section>
                }
            })
            .collect_view()
    });
    view! { {nothing}<div class="tree">{tree}</div> }
}
