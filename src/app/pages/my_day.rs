//! "Mijn dag": what I noted today, in order, with what still waits. For me alone: nothing is counted.

use leptos::prelude::*;

use crate::app::components::Icon;
use crate::app::components::act::{Back, Link};
use crate::app::components::shell::Shell;
use crate::app::components::state::{State, StateTag, state_of};
use crate::app::desk::Overview;
use crate::app::live::{derive, live};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{day as t, sending, worker};
use crate::app::when;
use crate::domain::{PlaceId, UserId, my_day};

#[derive(Clone, PartialEq)]
struct Line {
    at: String,
    place: Option<PlaceId>,
    name: String,
    what: String,
    taken_back: bool,
    state: Option<State>,
}

fn lines(overview: &Overview, me: UserId) -> Vec<Line> {
    let caseload = &overview.caseload;
    my_day::my_day(caseload, me, when::today())
        .into_iter()
        .filter_map(|noted| {
            let payload = caseload.entries.get(&noted.id)?.payload.as_ref()?;
            Some(Line {
                at: when::time(noted.at),
                place: noted.place,
                name: noted.place.map(|place| caseload.place_name(place)).unwrap_or_default(),
                what: worker::capital(&sending::what(&payload.body)),
                taken_back: noted.taken_back,
                state: state_of(overview, me, &[noted.id]),
            })
        })
        .collect()
}

/// The page.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let (overview, me) = (desk.overview, desk.me.with_untracked(|me| me.user));
    let lines = derive(move || overview.with(|overview| lines(overview, me)));
    let list = live(move || {
        let lines = lines.get();
        if lines.is_empty() {
            return view! {
                <div class="card"><div class="empty">
                    <Icon name="calendar"/>
                    <h2>{t::my_day_empty()}</h2>
                    <Link to=Path::Note icon="edit" words=worker::quick_note()/>
                </div></div>
            }
            .into_any();
        }
        let rows = lines
            .into_iter()
            .map(|line| {
                let inner = view! {
                    <span class="day__at">{line.at}</span>
                    <span class="day__what">
                        <span class="row__title">{line.what}</span>
                        {(!line.name.is_empty()).then(|| view! { <span class="row__meta">{line.name}</span> })}
                        {line.taken_back.then(|| view! { <span class="row__meta">{t::taken_back()}</span> })}
                        {line.state.map(|state| view! { <StateTag state/> })}
                    </span>
                };
                match line.place {
                    Some(place) => {
                        view! { <li class="row"><a class="row__link day" href=Path::Door(place).to_string()>{inner}</a></li> }
                            .into_any()
                    }
                    None => view! { <li class="row"><div class="row__link day">{inner}</div></li> }.into_any(),
                }
            })
            .collect_view();
        view! { <ol class="rows">{rows}</ol> }.into_any()
    });
    view! {
        <Shell title=t::my_day()>
            <div class="page__head">
                <Back to=Path::Settings words=t::more()/>
                <h1>{t::my_day()}</h1>
                <p class="subtle">{worker::capital(&when::long_day(when::today()))}". "{t::my_day_only()}</p>
            </div>
            {list}
        </Shell>
    }
}
