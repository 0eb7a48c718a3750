//! What goes into a closed journal: who will be able to read it comes first, then facts apart from impressions.

use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

use super::{begin_all, name};
use crate::app::components::Icon;
use crate::app::components::act::{Link, Submit};
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::choice::{Choice, Look, chips, chosen, index};
use crate::app::components::error_summary::{self, ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::places::PlaceName;
use crate::app::components::shell::Shell;
use crate::app::drafts::Draft;
use crate::app::live::{Derived, derive, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, guarded as t, help, labels, noting as noted, worker};
use crate::app::when;
use crate::domain::body::{Concern, KnownBy, Severity, Tile};
use crate::domain::guarding::Readers;
use crate::domain::noting::{self, Field as At};
use crate::domain::{PlaceId, UserId};

/// What is kept of it until it is finished. It lies where an ordinary worry lies that is not finished: the name of a draft can be read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Half {
    /// It goes into a closed journal.
    pub apart: bool,
    /// What was seen or heard.
    pub seen: String,
    /// What is thought.
    pub thought: String,
    /// How it is known.
    pub known_by: Option<KnownBy>,
    /// Who told it.
    pub told_by: String,
    /// Who reads it, too.
    pub reads: Option<UserId>,
    /// Whom colleagues call.
    pub lead: Option<UserId>,
}

/// The name of the draft of a worry.
pub(super) fn draft_name(place: PlaceId) -> String {
    format!("concern:{place}")
}

/// Whom to call when it can't wait.
#[component]
pub(super) fn Calls(
    /// By the names of the help lines.
    names: &'static [&'static str],
) -> impl IntoView {
    let lines = use_desk().overview.with_untracked(|overview| overview.directory.lines_for(names));
    let lines = lines
        .into_iter()
        .map(|line| {
            view! {
                <a class="button button--quiet" href=format!("tel:{}", line.dial)>
                    <Icon name="phone"/><span><strong>{line.name.clone()}</strong>" "{help::beside(&line)}</span>
                </a>
            }
        })
        .collect_view();
    view! { <div class="actions">{lines}</div> }
}

type People = Vec<(Option<UserId>, String)>;

/// One of a few people.
#[component]
pub(super) fn One(
    id: &'static str,
    legend: &'static str,
    hint: &'static str,
    people: Derived<People>,
    value: Derived<Option<UserId>>,
    pick: RwSignal<Option<UserId>>,
) -> impl IntoView {
    view! {
        <fieldset class="field" id=id tabindex="-1">
            <legend class="label--big">{legend}</legend>
            <p class="hint">{hint}</p>
            <div class="chips">
                {live(move || people.get().into_iter().map(|(who, name)| view! {
                    <label class="chip">
                        <input type="radio" name=id prop:checked=move || value.get() == who on:input=move |_| pick.set(who)/>
                        <span>{name}</span>
                    </label>
                }).collect_view())}
            </div>
        </fieldset>
    }
}

/// The form.
#[component]
pub(super) fn Begin(
    /// At which door.
    place: PlaceId,
    /// What was not finished.
    half: Half,
    /// It is an ordinary worry after all.
    plain: Callback<()>,
) -> impl IntoView {
    let desk = use_desk();
    let (overview, me) = (desk.overview, desk.me);
    let user = me.with_untracked(|me| me.user);
    let neighbourhood = desk.neighbourhood();
    let went_on = !half.seen.is_empty() || !half.thought.is_empty();
    let (seen, thought, told_by) = (RwSignal::new(half.seen), RwSignal::new(half.thought), RwSignal::new(half.told_by));
    let known_by = RwSignal::new(index(KnownBy::ALL, half.known_by.or(Some(KnownBy::SawIt)).as_ref()));
    let (reads, lead) = (RwSignal::new(half.reads), RwSignal::new(half.lead));
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    let guard = Guard::new();
    let draft = StoredValue::new_local(Draft::new(desk.clone(), draft_name(place)));

    let readers = derive(move || {
        let here = me.with(|me| {
            let here = me.journals.iter().find(|granted| Some(granted.journal) == neighbourhood);
            here.map(|granted| granted.readers.clone()).unwrap_or_default()
        });
        overview.with(|overview| Readers::among(&here, user, &overview.staff))
    });
    let called = move |who: UserId| overview.with(|overview| name(overview, who));
    // Whom colleagues call: a supervisor, unless it was chosen.
    let lead_now =
        derive(move || lead.get().or_else(|| readers.with(|readers| readers.supervisors.first().copied())).unwrap_or(user));
    let lead_chosen = derive(move || Some(lead_now.get()));
    let reads_chosen = derive(move || reads.get());
    let colleagues = derive(move || {
        let others = readers.with(|readers| readers.colleagues.clone());
        let nobody = (None, t::nobody_else().to_owned());
        std::iter::once(nobody).chain(others.into_iter().map(|who| (Some(who), called(who)))).collect::<People>()
    });
    let leads = derive(move || {
        let mut leads: People = readers.get().with(reads.get()).into_iter().map(|who| (Some(who), called(who))).collect();
        leads.push((Some(user), t::you().to_owned()));
        leads
    });
    let list =
        live(move || {
            let (with, supervisors) = readers.with(|readers| (readers.with(reads.get()), readers.supervisors.clone()));
            let mut lines = vec![t::you().to_owned()];
            if supervisors.is_empty() {
                lines.push(t::supervisor_unknown().to_owned());
            }
            lines.extend(with.into_iter().map(|who| {
                if supervisors.contains(&who) { format!("{}, {}", called(who), t::supervisor()) } else { called(who) }
            }));
            let lines = lines.into_iter().map(|line| view! { <li><Icon name="user"/>{line}</li> }).collect_view();
            view! { <ul class="plain">{lines}</ul> }
        });
    let told = move || matches!(chosen(KnownBy::ALL, known_by), Some(KnownBy::Neighbour | KnownBy::Party));
    let half = move || {
        untrack(|| Half {
            apart: true,
            seen: seen.get(),
            thought: thought.get(),
            known_by: chosen(KnownBy::ALL, known_by),
            told_by: told_by.get(),
            reads: reads.get(),
            lead: lead.get(),
        })
    };
    let keep = move |_| draft.with_value(|draft| draft.keep(&half()));
    let back = move || {
        draft.with_value(|draft| draft.keep(&Half { apart: false, ..half() }));
        plain.run(());
    };
    let desk = StoredValue::new_local(desk);
    let navigate = StoredValue::new_local(use_navigate());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let half = half();
        let concern = Concern {
            tile: Tile::UnsafeHome,
            severity: Severity::Discuss,
            facts: Vec::new(),
            seen: half.seen.trim().to_owned(),
            thought: half.thought.trim().to_owned(),
            known_by: half.known_by.unwrap_or(KnownBy::SawIt),
            told_by: if told() { half.told_by.trim().to_owned() } else { String::new() },
            owner: Some(user),
            next_step: String::new(),
            due: None,
        };
        let wrong = noting::check_concern(&concern, when::today()).into_iter().map(|(at, why)| {
            let id = if at == At::Thought { "denk" } else { "gezien" };
            (id, worker::wrong(id, why))
        });
        let mut wrong: Errors = wrong.collect();
        wrong.extend(guard.check(&[("gezien", &concern.seen), ("denk", &concern.thought), ("verteld", &concern.told_by)]));
        if !wrong.is_empty() {
            return error_summary::show(errors, wrong);
        }
        errors.set(Errors::new());
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        fault.set(None);
        let (with, lead) = (readers.with_untracked(|readers| readers.with(half.reads)), lead_now.get_untracked());
        let (desk, draft, navigate) = (desk.get_value(), draft.get_value(), navigate.get_value());
        leptos::task::spawn_local(async move {
            match begin_all(&desk, place, concern, with, lead).await {
                Ok(journal) => {
                    draft.drop();
                    let to = Path::ApartIn(journal).to_string();
                    navigate(&to, leptos_router::NavigateOptions { replace: true, ..Default::default() });
                }
                Err(why) => {
                    fault.set(Some(faults::save(&why)));
                    error_summary::to_top();
                }
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let act = || {
        view! { <Submit class="button button--big" icon="lock" words=t::save() form="form"/> }
    };
    view! {
        // The same title as of any other worry: it stands in the browser's history.
        <Shell title=noted::worry() focused=true act=act>
            <div class="page__head">
                <a class="back" href=Path::Door(place).to_string()><Icon name="back"/><PlaceName place/></a>
                <h1>{t::title()}</h1>
                <p class="subtle"><PlaceName place/></p>
            </div>
            <ErrorSummary errors/>
            <Fault fault/>
            {went_on.then(|| view! { <div class="banner banner--info" role="status"><Icon name="edit"/><p>{worker::went_on()}</p></div> })}
            <section class="card guarded" aria-labelledby="gesloten">
                <h2 class="line" id="gesloten"><Icon name="lock"/><span>{t::closed()}</span></h2>
                <p>{t::closed_why()}</p>
                <p>{t::readers()}</p>
                {list}
                <p class="subtle small">{t::supervisor_other()}</p>
                <p class="line"><Icon name="users"/><span>{live(move || {
                    let lead = lead_now.get();
                    let lead = overview.with(|overview| overview.name(lead)).unwrap_or_else(|| name_of_me(me.with(|me| me.name.clone())));
                    t::colleagues_see(&lead)
                })}</span></p>
            </section>
            <section class="card" aria-labelledby="gevaar">
                <h2 id="gevaar">{t::danger()}</h2>
                <p>{t::danger_why()}</p>
                <Calls names=&["112", "Veilig Thuis"]/>
            </section>
            <form autocomplete="off" class="form" id="form" data-draft="" novalidate=true on:input=keep on:submit=save>
                <Field id="gezien" label=noted::seen() hint=noted::seen_hint() input=Input::Area value=seen errors/>
                <Field id="denk" label=noted::thought() hint=noted::thought_hint() input=Input::Area value=thought errors/>
                <Choice id="bron" legend=noted::known_by() hint=noted::known_by_hint()
                    options=chips(KnownBy::ALL, labels::known_by) look=Look::Chips value=known_by errors/>
                {sometimes(move || told().then(|| view! {
                    <Field id="verteld" label=noted::told_by() hint=noted::told_by_hint() input=Input::Line
                        value=told_by errors/>
                }))}
                {sometimes(move || readers.with(|readers| !readers.colleagues.is_empty()).then(|| view! {
                    <One id="leest" legend=t::more_readers() hint=t::more_readers_hint() people=colleagues value=reads_chosen pick=reads/>
                }))}
                <One id="bellen" legend=t::lead() hint=t::lead_hint() people=leads value=lead_chosen pick=lead/>
                <BsnTick guard/>
                <div class="actions">
                    <Link to=Path::Door(place) class="button button--link" words=noted::later()/>
                    <crate::app::components::act::Button class="button button--link" words=t::stays_open() press=back/>
                </div>
            </form>
        </Shell>
    }
}

fn name_of_me(name: String) -> String {
    if name.is_empty() { t::you().to_lowercase() } else { name }
}
