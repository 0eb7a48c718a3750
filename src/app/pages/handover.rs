//! "Overdracht": one page for a colleague. Made on this phone from what it has, so it is there without a signal; it prints on paper.

use leptos::prelude::*;

use crate::app::components::act::{Back, Button};
use crate::app::components::shell::Shell;
use crate::app::desk::{Overview, now};
use crate::app::live::{derive, live};
use crate::app::pages::today::neighbourhood_name;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{day as t, worker};
use crate::app::when;
use crate::domain::handover::{Handover, handover};
use crate::domain::{EntryId, PlaceId, UserId};

/// One thing: where, in a few words what, and what there is to know.
#[derive(Clone, PartialEq)]
struct Item {
    place: Option<PlaceId>,
    title: String,
    what: String,
    facts: Vec<(&'static str, String)>,
    notes: Vec<String>,
}

fn name(overview: &Overview, user: UserId) -> String {
    overview.name(user).unwrap_or_else(|| t::a_colleague().to_owned())
}

fn signal(overview: &Overview, place: PlaceId, of: EntryId) -> Option<Item> {
    let state = overview.caseload.concerns.get(&of)?;
    let since = state.entry.payload.as_ref().map(|payload| when::ago(when::day_of(payload.written_at))).unwrap_or_default();
    let step = state.next_step.latest();
    Some(Item {
        place: Some(place),
        title: overview.caseload.place_name(place),
        what: worker::concern(state.concern.tile, state.severity()),
        facts: vec![
            (t::next_step(), if step.is_empty() { t::no_next_step().to_owned() } else { step.clone() }),
            (t::owner(), state.owner.latest().map_or_else(|| t::taken_by_nobody().to_owned(), |owner| name(overview, owner))),
            (t::by_day(), state.due.latest().map_or_else(|| t::no_day().to_owned(), when::long_day)),
        ],
        notes: vec![t::since(&since)],
    })
}

fn items(overview: &Overview, all: &Handover) -> [Vec<Item>; 4] {
    let caseload = &overview.caseload;
    let signals = all.signals.iter().filter_map(|(place, of)| signal(overview, *place, *of)).collect();
    let promises = all.promises.iter().map(|(place, promise)| Item {
        place: Some(*place),
        title: caseload.place_name(*place),
        what: worker::capital(&when::long_day(promise.day)),
        facts: Vec::new(),
        notes: std::iter::once(t::promised_by(&name(overview, promise.author)))
            .chain((promise.tried > 0).then(|| t::tried(promise.tried)))
            .collect(),
    });
    let help = all.help.iter().filter_map(|(place, of)| {
        let state = caseload.referrals.get(of)?;
        let day = when::day_of(state.entry.payload.as_ref()?.written_at);
        Some(Item {
            place: Some(*place),
            title: caseload.place_name(*place),
            what: t::help_stage(state).to_owned(),
            facts: Vec::new(),
            notes: vec![t::asked_by(&name(overview, state.entry.author), day)],
        })
    });
    let away = all.away.iter().map(|(who, absence)| Item {
        place: None,
        title: name(overview, *who),
        what: t::away(absence.from, absence.to),
        facts: Vec::new(),
        notes: vec![t::stand_in(absence.stand_in.map(|other| name(overview, other)).as_deref())],
    });
    [signals, promises.collect(), help.collect(), away.collect()]
}

fn section(title: &'static str, nothing: &'static str, items: Vec<Item>) -> AnyView {
    let list = if items.is_empty() {
        view! { <p class="subtle">{nothing}</p> }.into_any()
    } else {
        let items = items.into_iter().map(|item| {
            let title = match item.place {
                Some(place) => view! { <a href=Path::Door(place).to_string()>{item.title}</a> }.into_any(),
                None => item.title.into_any(),
            };
            let facts = item.facts.into_iter().map(|(term, text)| view! { <dt>{term}</dt><dd>{text}</dd> }).collect_view();
            view! {
                <li class="row row--plain">
                    <h3>{title}</h3>
                    <p><strong>{item.what}</strong></p>
                    <dl class="facts">{facts}</dl>
                    {item.notes.into_iter().map(|note| view! { <p class="row__meta">{note}</p> }).collect_view()}
                </li>
            }
        });
        view! { <ul class="rows">{items.collect_view()}</ul> }.into_any()
    };
    view! {
        <section class="section">
            <div class="section__head"><h2>{title}</h2></div>
            {list}
        </section>
    }
    .into_any()
}

/// The page.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let (me, called) = desk.me.with_untracked(|me| (me.user, me.name.clone()));
    let overview = desk.overview;
    let as_of = t::as_of(now(), &neighbourhood_name(&desk));
    let everybody = RwSignal::new(false);
    let lists = derive(move || {
        let whose = (!everybody.get()).then_some(me);
        overview.with(|overview| items(overview, &handover(&overview.caseload, whose, when::today())))
    });
    let chip = move |all: bool, words: &'static str| {
        view! {
            <label class="chip">
                <input type="radio" name="van-wie" prop:checked=move || everybody.get() == all on:change=move |_| everybody.set(all)/>
                <span>{words}</span>
            </label>
        }
    };
    let print = move || {
        let _ = window().print();
    };
    view! {
        <Shell title=t::handover() wide=true>
            <div class="page__head">
                <Back to=Path::Settings words=t::more()/>
                <h1>{t::handover()}</h1>
                <p class="subtle">{live(move || if everybody.get() { t::handover_all().to_owned() } else { t::of(&called) })}" · "{as_of}</p>
            </div>
            <fieldset class="field no-print">
                <legend>{t::handover_whose()}</legend>
                <div class="chips">{chip(false, t::handover_mine())}{chip(true, t::handover_all())}</div>
            </fieldset>
            {live(move || {
                let [signals, promises, help, away] = lists.get();
                view! {
                    <div class="columns columns--print">
                        <div class="stack stack--wide">{section(t::runs(), t::nothing_runs(), signals)}</div>
                        <div class="stack stack--wide">
                            {section(t::promised(), t::nothing_promised(), promises)}
                            {section(t::help_asked(), t::no_help(), help)}
                            {section(t::who_is_away(), t::nobody_away(), away)}
                        </div>
                    </div>
                }
            })}
            <div class="stack no-print">
                <p class="hint">{t::print_careful()}</p>
                <div class="actions"><Button icon="note" words=t::print() press=print/></div>
            </div>
        </Shell>
    }
}
