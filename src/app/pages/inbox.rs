//! Binnengekomen: what nobody of the supervisors has seen yet, worries first; and the worries that still run.
//!
//! Both lists are derived: "Gezien" is an entry, and what was seen is no longer new. A worry that was seen goes on under
//! "Nog open" until it is closed, so that none goes quiet.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::app::components::act::{Back, Button, Link, Submit};
use crate::app::components::answer::Answer;
use crate::app::components::bsn::{self, BsnTick, Guard};
use crate::app::components::concern_card::help::Helps;
use crate::app::components::shell::{Shell, focus};
use crate::app::components::{Icon, Notice};
use crate::app::desk::Desk;
use crate::app::going_on;
use crate::app::live::{Derived, derive, keyed, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::route::use_path;
use crate::app::texts::{faults, labels, office as t, referring, worker};
use crate::app::when;
use crate::domain::EntryId;
use crate::domain::body::{Review, Severity, Tile, Verdict};
use crate::domain::noting::LONGEST_TEXT;

mod detail;
mod lists;

use detail::Detail;
use lists::{Item, Lists};

/// How many at a time.
const STEP: usize = 40;
/// What an unfinished question is called.
const QUESTION: &str = "question";

/// What the parts of this screen share.
#[derive(Clone, Copy)]
struct Inbox {
    desk: StoredValue<Desk, LocalStorage>,
    lists: Derived<Lists>,
    open: Derived<Option<EntryId>>,
    error: RwSignal<Option<String>>,
    asking: RwSignal<Option<EntryId>>,
}

/// List and, beside it or in its place, one entry.
#[component]
pub fn Page() -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let me = desk.me.with_untracked(|me| me.user);
    let path = use_path();
    let open = derive(move || match path.get() {
        Some(Path::InboxEntry(entry)) => Some(entry),
        _ => None,
    });
    let inbox = Inbox {
        desk: StoredValue::new_local(desk),
        lists: derive(move || overview.with(|overview| lists::lists(overview, me))),
        open,
        error: RwSignal::new(None),
        asking: RwSignal::new(None),
    };
    // From "Nog niet af".
    if let Some(of) = open.get_untracked().filter(|of| going_on::is(QUESTION, *of)) {
        inbox.asking.set(Some(of));
    }
    let detail = derive(move || open.get().map(|id| overview.with(|overview| detail::detail(overview, me, id))));
    // Focus follows what is read: into an entry, and back to its row.
    Effect::new(move |before: Option<Option<EntryId>>| {
        let now = open.get();
        match (before, now) {
            (None, None) => {}
            (_, Some(_)) => request_animation_frame(|| request_animation_frame(|| focus("entry-title"))),
            (Some(Some(left)), None) => request_animation_frame(move || focus_row(Some(left))),
            (Some(None), None) => {}
        }
        now
    });
    view! {
        <Shell title=worker::inbox() wide=true>
            <div class="page__head">
                <h1>{worker::inbox()}</h1>
                <p class="subtle" role="status">{sometimes(move || inbox.lists.with(Lists::fresh).gt(&0).then(|| t::new(inbox.lists.with(Lists::fresh))))}</p>
            </div>
            <div role="alert">{sometimes(move || inbox.error.get().map(|error| view! { <Notice kind="error" icon="alert"><p>{error}</p></Notice> }))}</div>
            <div class="split" data-detail=move || open.get().map(|_| "")>
                <div class="stack split__list"><super::guarded::Way/><List inbox/></div>
                <section class="split__detail" id="detail" aria-label=t::details()>
                    {live(move || match detail.get() {
                        None => view! { <p class="subtle">{t::choose()}</p> }.into_any(),
                        Some(None) => view! {
                            <Back to=Path::Inbox words=t::back()/>
                            <div class="card">
                                <div class="empty">
                                    <Icon name="question"/><h2 id="entry-title" tabindex="-1">{t::gone()}</h2><p>{t::gone_why()}</p>
                                </div>
                            </div>
                        }.into_any(),
                        Some(Some(detail)) => view! { <Entry inbox detail/> }.into_any(),
                    })}
                </section>
            </div>
            <Question inbox/>
        </Shell>
    }
}

impl Inbox {
    /// Saves what is said of an entry; then `after`.
    fn say(self, of: EntryId, verdict: Verdict, after: impl FnOnce() + 'static) {
        let desk = self.desk.get_value();
        let subject = desk.overview.with_untracked(|overview| {
            overview.caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| payload.subject)
        });
        let Some(subject) = subject else { return };
        spawn_local(async move {
            match bsn::save(&desk, vec![(subject, Review { of, verdict }.into())]).await {
                Ok(_) => {
                    self.error.set(None);
                    after();
                }
                Err(why) => self.error.set(Some(faults::save(&why))),
            }
        });
    }

    /// Seen, in the list: the focus goes on to the row that comes next.
    fn seen(self, of: EntryId) {
        let next = self.lists.with_untracked(|lists| lists.beside(of));
        self.say(of, Verdict::Seen, move || request_animation_frame(move || focus_row(next)));
    }
}

fn focus_row(id: Option<EntryId>) {
    match id.map(|id| format!("in-{id}")) {
        Some(row) if document().get_element_by_id(&row).is_some() => focus(&row),
        _ => focus("main"),
    }
}

#[component]
fn List(inbox: Inbox) -> impl IntoView {
    let lists = inbox.lists;
    let shown = RwSignal::new(STEP);
    let running_shown = RwSignal::new(STEP);
    let concerns = derive(move || lists.with(|lists| lists.concerns.clone()));
    let visits = derive(move || lists.with(|lists| lists.visits.iter().take(shown.get()).cloned().collect::<Vec<_>>()));
    let running = derive(move || lists.with(|lists| lists.running.iter().take(running_shown.get()).cloned().collect::<Vec<_>>()));
    let days = derive(move || {
        let mut days: Vec<NaiveDate> = visits.with(|visits| visits.iter().map(|item| item.day).collect());
        days.dedup();
        days
    });
    view! {
        {sometimes(move || (lists.with(Lists::fresh) == 0).then(|| view! {
            <div class="card"><div class="empty"><Icon name="inbox"/><h2>{t::nothing_new()}</h2><p>{t::nothing_new_why()}</p></div></div>
        }))}
        {sometimes(move || concerns.with(|concerns| !concerns.is_empty()).then(|| view! {
            <section class="section">
                <div class="section__head"><h2>{t::concerns()}</h2></div>
                <ul class="rows">{keyed(move || concerns.get(), move |item| view! { <Row inbox item fresh=true/> })}</ul>
            </section>
        }))}
        {sometimes(move || running.with(|running| !running.is_empty()).then(|| view! {
            <section class="section">
                <div class="section__head"><h2>{t::open_concerns()}</h2></div>
                <p class="subtle">{t::open_concerns_why()}</p>
                <ul class="rows">{keyed(move || running.get(), move |item| view! { <Row inbox item fresh=false/> })}</ul>
                {sometimes(move || lists.with(|lists| lists.running.len() > running_shown.get()).then(|| view! { <More shown=running_shown/> }))}
            </section>
        }))}
        {sometimes(move || visits.with(|visits| !visits.is_empty()).then(|| view! {
            <section class="section">
                <div class="section__head"><h2>{t::contacts()}</h2></div>
                {keyed(move || days.get(), move |day| view! {
                    <h3>{when::day(day)}</h3>
                    <ul class="rows">{keyed(
                        move || visits.with(|visits| visits.iter().filter(|item| item.day == day).cloned().collect()),
                        move |item| view! { <Row inbox item fresh=true/> },
                    )}</ul>
                })}
                {sometimes(move || lists.with(|lists| lists.visits.len() > shown.get()).then(|| view! { <More shown/> }))}
            </section>
        }))}
    }
}

#[component]
fn More(shown: RwSignal<usize>) -> impl IntoView {
    view! {
        <Button icon="plus" words=t::more() press=move || shown.update(|shown| *shown += STEP)/>
    }
}

#[component]
fn Row(inbox: Inbox, item: Item, fresh: bool) -> impl IntoView {
    let id = item.id;
    let current = move || (inbox.open.get() == Some(id)).then_some("true");
    let title = format!("{}, {}", item.what, item.place);
    view! {
        <li class="row">
            <a class="row__link" id=format!("in-{id}") href=Path::InboxEntry(id).to_string() aria-current=current data-noscroll="">
                {item.concern.map(|(severity, tile)| view! { <Tags severity tile/> })}
                <span class="row__title">{item.place}</span>
                <span class="row__meta">{item.meta}</span>
                {(!item.text.is_empty()).then(|| view! { <span>{item.text}</span> })}
                {item.must_call.then(|| view! { <span class="state state--held"><Icon name="phone"/>{t::nobody_called()}</span> })}
                {item.waits.then(|| view! { <span class="state state--held"><Icon name="lock"/>{referring::waits()}</span> })}
                {item.called.map(|called| view! { <span class="state state--seen"><Icon name="phone"/>{called}</span> })}
                {item.news.map(|news| view! { <span class="row__meta">{news}</span> })}
            </a>
            {fresh.then(|| view! {
                <button class="row__note" type="button" aria-label=t::mark_seen(&title) on:click=move |_| inbox.seen(id)>
                    <Icon name="eye"/>
                    <span>{t::seen()}</span>
                </button>
            })}
        </li>
    }
}

#[component]
fn Tags(severity: Severity, tile: Tile) -> impl IntoView {
    let (class, icon) = labels::severity_look(severity);
    view! {
        <span class="tags">
            <span class=class><Icon name=icon/>{labels::severity(severity)}</span>
            <span class="tag"><Icon name=labels::tile_icon(tile)/>{labels::tile(tile)}</span>
        </span>
    }
}

#[component]
fn Entry(inbox: Inbox, detail: Detail) -> impl IntoView {
    let navigate = use_navigate();
    let id = detail.id;
    let seen = move || {
        let next = inbox.lists.with_untracked(|lists| lists.beside(id));
        let navigate = navigate.clone();
        inbox.say(id, Verdict::Seen, move || {
            navigate(&Path::Inbox.to_string(), NavigateOptions { scroll: false, ..NavigateOptions::default() });
            request_animation_frame(move || request_animation_frame(move || focus_row(next)));
        });
    };
    view! {
        <a class="back" href=Path::Inbox.to_string() data-noscroll=""><Icon name="back"/>{t::back()}</a>
        <div class="card">
            <div class="page__head">
                {detail.concern.map(|(severity, tile)| view! { <Tags severity tile/> })}
                <h2 id="entry-title" tabindex="-1">{detail.title}</h2>
                <p class="subtle">{detail.meta}</p>
            </div>
            {detail.must_call.then(|| view! { <Notice kind="error" icon="phone"><p><strong>{t::nobody_called()}</strong></p></Notice> })}
            {detail.called.into_iter().map(|called| view! { <p class="line"><Icon name="phone"/><span>{called}</span></p> }).collect_view()}
            {detail.parts.into_iter().map(|(name, text)| view! { <div><h3>{name}</h3><p>{text}</p></div> }).collect_view()}
            {(!detail.facts.is_empty()).then(|| view! {
                <dl class="facts">
                    {detail.facts.into_iter().map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> }).collect_view()}
                </dl>
            })}
            {(!detail.helps.is_empty()).then(|| view! {
                <Helps name="binnengekomen" which=Signal::stored(detail.helps)/>
            })}
            {(!detail.reactions.is_empty()).then(|| view! {
                <div class="stack">
                    <h3>{t::reactions()}</h3>
                    {detail.reactions.into_iter().map(|(by, question)| match question {
                        Some(question) => view! {
                            <p><span class="state state--question"><Icon name="question"/>{by}</span><br/>{question}</p>
                        }.into_any(),
                        None => view! { <p><span class="state state--seen"><Icon name="eye"/>{by}</span></p> }.into_any(),
                    }).collect_view()}
                </div>
            })}
            <div class="actions">
                {detail.fresh.then(|| view! {
                    <Button class="button" icon="eye" words=t::seen() press=seen/>
                })}
                <Button icon="question" words=t::ask() press=move || inbox.asking.set(Some(id))/>
                {detail.place.map(|place| view! {
                    <Link to=Path::Door(place) icon="door" words=t::to_door()/>
                })}
            </div>
        </div>
    }
}

/// Outside of the entry, so that what comes in meanwhile does not take away what is being typed.
#[component]
fn Question(inbox: Inbox) -> impl IntoView {
    let dialog = NodeRef::<leptos::html::Dialog>::new();
    let answer = inbox.desk.with_value(|desk| Answer::new(desk.clone()));
    let text = answer.text;
    let error = RwSignal::new(None::<String>);
    let guard = Guard::new();
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if let Some(of) = inbox.asking.get() {
            answer.ask(Some((QUESTION, of)));
            error.set(None);
            // It is open already only if it was asked for twice.
            let _ = dialog.show_modal();
        } else if dialog.open() {
            dialog.close();
        }
    });
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let Some(of) = inbox.asking.get_untracked() else { return };
        let question = text.get_untracked().trim().to_owned();
        let wrong = match question.chars().count() {
            0 => Some(t::ask_empty().to_owned()),
            length if length > LONGEST_TEXT => Some(t::ask_too_long().to_owned()),
            _ => guard.check(&[("question", &question)]).into_iter().next().map(|(_, text)| text),
        };
        let stop = wrong.is_some();
        error.set(wrong);
        if stop {
            return focus("question");
        }
        inbox.say(of, Verdict::Question(question), move || {
            answer.done();
            inbox.asking.set(None);
            request_animation_frame(|| focus("entry-title"));
        });
    };
    let described = move || if error.with(Option::is_some) { "question-hint question-error" } else { "question-hint" };
    view! {
        <dialog class="dialog" aria-labelledby="question-title" node_ref=dialog on:close=move |_| inbox.asking.set(None)>
            <form autocomplete="off" method="dialog" data-draft="" novalidate on:input=move |_| answer.typed() on:submit=submit>
                <h2 id="question-title">{t::ask()}</h2>
                <div class="field" class:field--error=move || error.get().is_some()>
                    <label class="label" for="question">{t::ask_label()}</label>
                    <p class="hint" id="question-hint">{t::ask_hint()}</p>
                    {sometimes(move || error.get().map(|error| view! {
                        <p class="field__error" id="question-error"><Icon name="alert"/>{error}</p>
                    }))}
                    {sometimes(move || inbox.error.get().map(|error| view! { <p class="field__error"><Icon name="alert"/>{error}</p> }))}
                    <textarea
                        class="input"
                        id="question"
                        rows="4"
                        aria-describedby=described
                        aria-invalid=move || error.get().map(|_| "true")
                        prop:value=text
                        on:input=move |event| text.set(event_target_value(&event))
                    ></textarea>
                </div>
                <BsnTick guard/>
                <div class="actions">
                    <Submit icon="question" words=t::ask()/>
                    <Button words=t::cancel() press=move || inbox.asking.set(None)/>
                </div>
            </form>
        </dialog>
    }
}
