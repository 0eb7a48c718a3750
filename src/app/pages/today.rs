//! Vandaag: what can't wait, whom to see and why, and where one was last.

use leptos::prelude::*;
use wasm_bindgen::JsCast as _;

use crate::app::components::Icon;
use crate::app::components::act::Link;
use crate::app::components::alarm::{self, Alarm};
use crate::app::components::fetching::far;
use crate::app::components::places::recent;
use crate::app::components::row::{Row, Rows};
use crate::app::components::shell::Shell;
use crate::app::desk::{Desk, Overview};
use crate::app::live::{derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::pieces;
use crate::app::texts::{trouble, worker};
use crate::app::when;
use crate::domain::agenda::{self, Due, Why};
use crate::domain::{EntryId, PlaceId, UserId};

/// So many doors at first; the others under "meer".
const FIRST: usize = 8;
/// So many alarms at most, each with the id of its field; the others stand first in the list.
const ALARMS: [&str; 3] = ["gebeld", "gebeld-2", "gebeld-3"];

/// What people call the neighbourhood that is open.
#[must_use]
pub fn neighbourhood_name(desk: &Desk) -> String {
    let ours = desk.neighbourhood();
    desk.me.with_untracked(|me| {
        me.journals.iter().find(|granted| Some(granted.journal) == ours).map_or_else(String::new, |granted| granted.name.clone())
    })
}

fn row(overview: &Overview, me: UserId, due: &Due) -> Row {
    let mut row = Row::read(overview, due.place);
    let last = due.last.map(when::day_of);
    row.why = due.why.iter().map(|why| worker::why(why, overview, me, last)).collect();
    row.can_wait = !due.why.iter().any(|why| matches!(why, Why::Call(_)));
    if !row.last.is_empty() {
        row.last = worker::last(&row.last);
    }
    row
}

// Only which: what an alarm says changes when it is sent, and a name being typed in it must survive that.
fn urgent(due: &[Due]) -> Vec<(PlaceId, EntryId)> {
    let calls = due.iter().flat_map(|due| due.why.iter().map(move |why| (due.place, why)));
    calls
        .filter_map(|(place, why)| match why {
            Why::Call(concern) => Some((place, *concern)),
            _ => None,
        })
        .take(ALARMS.len())
        .collect()
}

fn is_open(event: &web_sys::Event) -> bool {
    event.target().is_some_and(|details| details.unchecked_into::<web_sys::HtmlDetailsElement>().open())
}

fn due(overview: &Overview, me: UserId) -> Vec<Due> {
    agenda::today(&overview.caseload, &overview.staff, me, when::today())
}

/// The worker's start.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let (me, called) = desk.me.with_untracked(|me| (me.user, me.name.clone()));
    let first_name = called.split(' ').next().unwrap_or_default().to_owned();
    let day = worker::capital(&when::long_day(when::today()));
    let granted = desk.me;
    let desk = StoredValue::new_local(desk);
    // Granted or taken back while this is on the screen.
    let name = derive(move || {
        granted.track();
        desk.with_value(neighbourhood_name)
    });
    let about = move || name.with(|name| if name.is_empty() { day.clone() } else { format!("{day} · {name}") });
    let due = derive(move || overview.with(|overview| due(overview, me)));
    let alarms = derive(move || due.with(|due| urgent(due)));
    // From one line to another; those under "meer" are worked out and drawn when somebody opens it.
    let rows = move |from: usize, to: usize| {
        overview.with(|overview| due.with(|due| due[from..to].iter().map(|due| row(overview, me, due)).collect::<Vec<_>>()))
    };
    let opened = RwSignal::new(false);
    // A walk is for when there is time: it is the last line, and no must.
    let walk = derive(move || due.with(|due| usize::from(due.last().is_some_and(|due| matches!(due.why[0], Why::Walk(_))))));
    let recent = derive(move || overview.with(|overview| recent(overview, me, 5)));
    let act = move || {
        sometimes(move || {
            let ours = !name.with(String::is_empty);
            ours.then(
                || view! { <Link to=Path::Note class="button button--flame button--big" icon="edit" words=worker::quick_note()/> },
            )
        })
    };
    let alarms = live(move || {
        let alarms = alarms.get().into_iter().zip(ALARMS);
        alarms
            .map(|((place, concern), id)| {
                let title = Signal::derive(move || overview.with(|overview| alarm::title(overview, place, concern)));
                view! {
                    <Alarm title concern=Some(concern) id/>
                    <p><a href=Path::Door(place).to_string()>{worker::see_signal()}</a></p>
                }
            })
            .collect_view()
    });
    let fetching = far();
    let musts = derive(move || due.with(|due| due.len() - walk.get()));
    let first = derive(move || rows(0, musts.get().min(FIRST)));
    let others = derive(move || if opened.get() { rows(FIRST, musts.get().max(FIRST)) } else { Vec::new() });
    let list = live(move || {
        let rows = first.get();
        if rows.is_empty() && fetching.get().is_some() {
            // Whether there is something today, nobody knows before it is here.
            return ().into_any();
        }
        if rows.is_empty() {
            if name.with(String::is_empty) {
                return view! {
                    <div class="card"><div class="empty">
                        <Icon name="door"/>
                        <h2>{trouble::no_neighbourhood()}</h2>
                        <p>{trouble::no_neighbourhood_do()}</p>
                    </div></div>
                }
                .into_any();
            }
            return view! {
                <div class="card"><div class="empty">
                    <Icon name="coffee"/>
                    <h2>{worker::nothing_today()}</h2>
                    <p>{worker::free_day()}</p>
                    <Link to=Path::Doors icon="door" words=worker::see_doors()/>
                </div></div>
            }
            .into_any();
        }
        view! {
            <div class="section__head"><h2>{worker::today_rows()}</h2></div>
            <Rows rows/>
        }
        .into_any()
    });
    let more = sometimes(move || {
        let more = musts.get().saturating_sub(FIRST);
        (more > 0).then(|| {
            view! {
                <details class="more" prop:open=opened.get_untracked() on:toggle=move |event| opened.set(is_open(&event))>
                    <summary><Icon name="next"/>{worker::more_doors(more)}</summary>
                    {live(move || view! { <Rows rows=others.get()/> })}
                </details>
            }
        })
    });
    view! {
        <Shell title=worker::today() wide=true act=act>
            <div class="page__head">
                <h1>{worker::good_day(&first_name)}</h1>
                <p class="subtle">{live(about)}</p>
            </div>
            {pieces::unfinished()}
            {alarms}
            <div class="columns">
                <section class="section">
                    {list}
                    {more}
                    {sometimes(move || (walk.get() > 0).then(|| view! {
                        <div class="section__head"><h2>{worker::time_left()}</h2></div>
                        <Rows rows=rows(musts.get(), musts.get() + walk.get())/>
                    }))}
                    {pieces::later()}
                </section>
                {sometimes(move || recent.with(|recent| (!recent.is_empty()).then(|| view! {
                    <section class="section">
                        <div class="section__head"><h2>{worker::last_been()}</h2></div>
                        <Rows rows=recent.clone()/>
                    </section>
                })))}
            </div>
        </Shell>
    }
}
