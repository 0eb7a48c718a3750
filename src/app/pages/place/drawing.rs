//! The stairwell as it is: floors from top to bottom, doors from left to right.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::live::{derive, live};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::places;
use crate::app::when;
use crate::domain::PlaceId;
use crate::domain::body::{PlaceKind, Severity};
use crate::domain::stairwell::{self, Door, Floor, Helps, Says};

/// A line on a door: class, icon, words.
type Mark = (&'static str, &'static str, String);

/// What stands on a door, the weightiest first.
fn marks(helps: &Helps) -> Vec<Mark> {
    let mut marks = Vec::new();
    for what in &helps.safety {
        marks.push(("mark mark--safety", "shield", places::known(*what).to_owned()));
    }
    if helps.signals > 0 {
        let class = match helps.worst {
            Some(Severity::Now) => "mark mark--now",
            Some(Severity::Discuss) => "mark mark--discuss",
            _ => "mark mark--watch",
        };
        marks.push((class, "alert", places::signals(helps.signals, helps.worst)));
    }
    if helps.guarded {
        marks.push(("mark", "lock", places::ask_about().to_owned()));
    }
    if let Some(until) = helps.away {
        marks.push(("mark", "calendar", places::away(until)));
    }
    if let Some(how_often) = helps.how_often {
        let class = if helps.overdue { "mark mark--flame mark--late" } else { "mark mark--flame" };
        marks.push((class, "flame", places::rhythm(how_often, helps.overdue)));
    }
    let (icon, last) = places::last(helps.last);
    marks.push(("mark mark--quiet", icon, last));
    marks
}

fn door(door: Door) -> AnyView {
    let (class, marks) = match &door.says {
        Says::LeaveAlone => ("bell bell--alone", vec![("mark", "door-shut", places::leave_alone().to_owned())]),
        Says::Helps(helps) => {
            let class = match helps {
                Helps { worst: Some(Severity::Now), .. } => "bell bell--now",
                Helps { last: None, signals: 0, .. } => "bell bell--new",
                _ => "bell",
            };
            (class, marks(helps))
        }
    };
    let marks = marks
        .into_iter()
        .map(|(class, icon, words)| view! { " " <span class=class><Icon name=icon/><span>{words}</span></span> })
        .collect_view();
    let street = (!door.street.is_empty()).then(|| view! { <span class="visually-hidden">{door.street}" "</span> });
    view! {
        <li>
            <a class=class href=Path::Door(door.place).to_string()>
                <span class="bell__number">{street}{door.number}</span>
                {marks}
            </a>
        </li>
    }
    .into_any()
}

fn floor(floor: Floor, alone: bool) -> AnyView {
    let name = (!alone).then(|| view! { <h3 class="floor__name">{places::floor(floor.floor)}</h3> });
    let doors = floor.doors.into_iter().map(door).collect_view();
    view! {
        <li class="floor">
            {name}
            <ul class="floor__doors">{doors}</ul>
        </li>
    }
    .into_any()
}

/// The drawing; a sentence where there are no doors.
#[component]
pub(super) fn Drawing(place: PlaceId) -> impl IntoView {
    let overview = use_desk().overview;
    let floors = derive(move || overview.with(|overview| stairwell::floors(&overview.caseload, place, when::today())));
    let kind = derive(move || overview.with(|overview| overview.caseload.places.get(&place).map(|state| state.place.kind)));
    live(move || {
        let floors = floors.get();
        let kind = kind.get().unwrap_or(PlaceKind::Stairwell);
        if floors.is_empty() {
            return ().into_any();
        }
        // A street has no floors to name.
        let alone = floors.len() == 1 && floors.first().is_some_and(|floor| floor.floor.is_none());
        let class = if alone { "stairwell stairwell--street" } else { "stairwell" };
        let floors = floors.into_iter().map(|one| floor(one, alone)).collect_view();
        view! { <ol class=class aria-label=places::from_the_top(kind)>{floors}</ol> }.into_any()
    })
}
