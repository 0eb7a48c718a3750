//! One closed journal, for those who read it: the worry, the five steps, and what came of it.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::begin::Calls;
use super::readers::WhoReads;
use super::{name, place_name, save, state};
use crate::app::components::act::{Back, Button, Submit};
use crate::app::components::bsn::{BsnTick, Guard};
use crate::app::components::error_summary::{Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::shell::{Shell, focus};
use crate::app::components::{Icon, Notice};
use crate::app::desk::{Desk, Overview, SaveError};
use crate::app::drafts::Draft;
use crate::app::live::{Derived, derive, keyed, live, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, guarded as t, labels};
use crate::domain::body::{Body, MeldcodeStep, Standing, Step};
use crate::domain::guarding::{self, File as Closed};
use crate::domain::noting::LONGEST_TEXT;
use crate::domain::{JournalId, PlaceId, Subject, UserId, json};

/// The ids of the fields, by step.
const FIELDS: [&str; 5] = ["stap-1", "stap-2", "stap-3", "stap-4", "stap-5"];
const CAME_OF: &str = "kwam-ervan";

/// What is half-written here: a text for each step, and what came of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    steps: [String; 5],
    came_of: String,
}

/// What the parts of this screen share.
#[derive(Clone, Copy)]
pub(super) struct Open {
    pub(super) journal: JournalId,
    pub(super) desk: StoredValue<Desk, LocalStorage>,
    pub(super) overview: RwSignal<Overview, LocalStorage>,
    /// Nothing until it is read; then nothing if there is no such journal here.
    file: RwSignal<Option<Option<Closed>>>,
    texts: [RwSignal<String>; 5],
    came_of: RwSignal<String>,
    draft: StoredValue<Draft, LocalStorage>,
    fault: RwSignal<Option<String>>,
    said: RwSignal<&'static str>,
    busy: StoredValue<bool>,
}

impl Open {
    pub(super) fn now<T>(self, look: impl FnOnce(&Closed) -> T) -> Option<T> {
        self.file.with(|file| file.as_ref().and_then(Option::as_ref).map(look))
    }

    /// Who reads it: as the office said, and what was said here since.
    pub(super) fn readers(self) -> Vec<UserId> {
        let me = self.desk.with_value(|desk| desk.me);
        let told = me.with(|me| {
            let listed = me.journals.iter().find(|granted| granted.journal == self.journal);
            listed.map(|granted| (granted.readers.clone(), me.now))
        });
        let user = me.with(|me| me.user);
        let mut readers = self.overview.with(|overview| {
            let waits = |of| overview.outbox.contains_key(&of);
            self.now(|file| file.readers(told.as_ref().map(|(readers, at)| (readers.as_slice(), *at)), &waits))
        });
        readers.iter_mut().for_each(|readers| readers.sort_by_key(|reader| *reader != user));
        readers.unwrap_or_default()
    }

    fn keep(self) {
        let half = untrack(|| Half { steps: self.texts.map(|text| text.get()), came_of: self.came_of.get() });
        self.draft.with_value(|draft| if half == Half::default() { draft.drop() } else { draft.keep(&half) });
    }

    /// Saves here, and then what colleagues are told, if anything changes for them; says so when the phone's disk has it.
    pub(super) fn save(
        self,
        bodies: Vec<(Subject, Body)>,
        tell: Option<bool>,
        say: &'static str,
        done: Option<RwSignal<String>>,
    ) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.fault.set(None);
        self.said.set("");
        let (desk, now) = (self.desk.get_value(), self.file.get_untracked().flatten());
        spawn_local(async move {
            let saved: Result<(), SaveError> = async {
                if !bodies.is_empty() {
                    save(&desk, self.journal, bodies).await?;
                }
                if let (Some(runs), Some(now)) = (tell, &now) {
                    tell_colleagues(&desk, self.journal, now, runs).await?;
                }
                Ok(())
            }
            .await;
            match saved {
                Ok(()) => {
                    if let Some(text) = done {
                        text.set(String::new());
                        self.keep();
                    }
                    self.said.set(say);
                    request_animation_frame(|| focus("main"));
                }
                Err(why) => self.fault.set(Some(faults::save(&why))),
            }
            self.busy.try_update_value(|busy| *busy = false);
        });
    }
}

/// Says in the neighbourhood's journal that it runs, or not any more; whom to call stays as it was said.
async fn tell_colleagues(desk: &Desk, journal: JournalId, now: &Closed, runs: bool) -> Result<(), SaveError> {
    if desk.neighbourhood() != Some(now.founding.neighbourhood) {
        return Err(SaveError::NoJournal);
    }
    let lead =
        desk.overview.with_untracked(|overview| guarding::told(&overview.caseload, now.subject, journal).map(|told| told.lead));
    let lead = lead.or_else(|| now.founding.with.first().copied()).unwrap_or(now.founder);
    desk.save(guarding::tell(now.subject, None, journal, lead, runs)).await.map(|_| ())
}

/// The screen.
#[component]
pub fn File(
    /// Which.
    journal: JournalId,
) -> impl IntoView {
    let desk = use_desk();
    let overview = desk.overview;
    let draft_name = format!("apart:{journal}");
    let open = Open {
        journal,
        overview,
        file: RwSignal::new(None),
        texts: std::array::from_fn(|_| RwSignal::default()),
        came_of: RwSignal::default(),
        draft: StoredValue::new_local(Draft::new(desk.clone(), draft_name.clone())),
        fault: RwSignal::new(None),
        said: RwSignal::new(""),
        busy: StoredValue::new(false),
        desk: StoredValue::new_local(desk.clone()),
    };
    let reading = Rc::new(desk);
    let kept = Rc::clone(&reading);
    spawn_local(async move {
        if let Some(half) = kept.draft(&draft_name).await.and_then(|kept| json::read::<Half>(&kept).ok()) {
            for (text, kept) in open.texts.into_iter().zip(half.steps) {
                text.try_set(kept);
            }
            open.came_of.try_set(half.came_of);
        }
    });
    Effect::new(move |_| {
        overview.track();
        let desk = Rc::clone(&reading);
        spawn_local(async move {
            // What can't be read now stays as it was, and is read when something changes.
            if let Ok(caseload) = desk.laid_in(journal).await {
                open.file.try_set(Some(Closed::of(&caseload)));
            }
        });
    });
    let there = derive(move || open.file.with(|file| file.as_ref().map(Option::is_some)));
    live(move || match there.get() {
        None => view! { <Shell title=t::file()><p></p></Shell> }.into_any(),
        Some(false) => view! {
            <Shell title=t::file()>
                <div class="page__head"><Back to=Path::Apart words=t::all()/><h1>{t::file()}</h1></div>
                <p>{t::not_here()}</p>
            </Shell>
        }
        .into_any(),
        Some(true) => view! { <Shell title=t::file() wide=true><Whole open/></Shell> }.into_any(),
    })
}

#[component]
fn Whole(open: Open) -> impl IntoView {
    let overview = open.overview;
    let place: Derived<Option<PlaceId>> = derive(move || {
        let subject = open.now(|file| file.subject)?;
        overview.with(|overview| overview.caseload.place_of(subject))
    });
    let title = derive(move || open.now(|file| overview.with(|overview| place_name(overview, file.subject))).unwrap_or_default());
    let runs = derive(move || open.now(Closed::runs).unwrap_or(true));
    // Whether colleagues were told what is so.
    let mismatch = derive(move || {
        let (subject, runs) = open.now(|file| (file.subject, file.runs()))?;
        let told =
            overview.with(|overview| guarding::told(&overview.caseload, subject, open.journal).is_some_and(|told| told.runs));
        (told != runs && place.get().is_some()).then_some(runs)
    });
    let progress = derive(move || open.now(|file| t::done(file.done())).unwrap_or_default());
    view! {
        <div class="page__head">
            {live(move || match place.get() {
                Some(place) => view! { <Back to=Path::Door(place) words=t::to_door()/> }.into_any(),
                None => view! { <Back to=Path::Apart words=t::all()/> }.into_any(),
            })}
            <h1>{live(move || title.get())}</h1>
            <p class="tags">
                <span class="tag"><Icon name="lock"/>{t::file()}</span>
                {live(move || if runs.get() {
                    view! { <span class="tag tag--discuss"><Icon name="clock"/>{t::runs_words()}</span> }
                } else {
                    view! { <span class="tag"><Icon name="check"/>{t::is_closed()}</span> }
                })}
            </p>
            <p class="subtle">{live(move || progress.get())}</p>
        </div>
        <p role="status">{live(move || open.said.get())}</p>
        <Fault fault=open.fault/>
        {sometimes(move || mismatch.get().map(|runs| {
            let words = if runs { t::colleagues_untold() } else { t::colleagues_told_still() };
            view! {
                <Notice kind="warn" icon="alert">
                    <p>{words}</p>
                    <Button icon="users" words=t::tell() press=move || open.save(Vec::new(), Some(runs), "", None)/>
                </Notice>
            }
        }))}
        <div class="columns">
            <div class="stack">
                <Worry open/>
                <WhoReads open/>
                <Close open runs/>
            </div>
            <section class="section">
                <div class="section__head"><h2>{t::steps()}</h2></div>
                <p class="subtle">{t::steps_why()}</p>
                <ol class="steps">
                    {Step::ALL.iter().enumerate().map(|(at, step)| view! { <OneStep open at step=*step/> }).collect_view()}
                </ol>
            </section>
        </div>
    }
}

/// The worry, and who reads it.
#[component]
fn Worry(open: Open) -> impl IntoView {
    let overview = open.overview;
    let me = open.desk.with_value(|desk| desk.me);
    let readers = derive(move || {
        let user = me.with(|me| me.user);
        let called = |reader| if reader == user { t::you().to_owned() } else { overview.with(|overview| name(overview, reader)) };
        open.readers().into_iter().map(called).collect::<Vec<_>>().join(", ")
    });
    let parts = derive(move || {
        let facts = open.now(|file| {
            let state = file.concern.as_ref()?;
            let at = state.entry.payload.as_ref().map(|payload| payload.written_at);
            let who = overview.with(|overview| name(overview, file.founder));
            let mut parts =
                vec![(t::seen_short(), state.concern.seen.clone()), (t::thought_short(), state.concern.thought.clone())];
            parts.push((t::source(), labels::known_by(state.concern.known_by).to_owned()));
            parts.push((t::told_by(), state.concern.told_by.clone()));
            parts.retain(|(_, text)| !text.is_empty());
            Some((parts, at.map(|at| t::begun(&who, at)).unwrap_or_default(), state.entry.id))
        });
        facts.flatten()
    });
    view! {
        <section class="card guarded" aria-labelledby="zorg">
            <h2 class="line" id="zorg"><Icon name="lock"/><span>{t::what()}</span></h2>
            <p>{t::readers_now()}" "{live(move || readers.get())}</p>
            {live(move || parts.get().map(|(parts, begun, id)| {
                let parts = parts.into_iter().map(|(label, text)| view! { <div><h3>{label}</h3><p class="written">{text}</p></div> });
                view! {
                    {parts.collect_view()}
                    <p class="subtle">{begun}</p>
                    {live(move || {
                        let (class, icon, words) = overview.with(|overview| state(overview, id));
                        view! { <p><span class=class><Icon name=icon/>{words}</span></p> }
                    })}
                }
            }))}
        </section>
    }
}

type Written = (crate::domain::EntryId, String, String);

/// One of the five steps: whether it was done, what was written, and a place to write.
#[component]
fn OneStep(open: Open, at: usize, step: Step) -> impl IntoView {
    let overview = open.overview;
    let id = FIELDS.get(at).copied().unwrap_or("stap");
    let text = open.texts.get(at).copied().unwrap_or_default();
    let errors = RwSignal::new(Errors::new());
    let guard = Guard::new();
    let done = derive(move || {
        let done = open.now(|file| file.steps.get(at).map(|(_, done)| done.clone())).flatten().unwrap_or_default();
        let line = |done: guarding::Done| {
            let who = overview.with(|overview| name(overview, done.author));
            (done.by, t::by(&who, &done), done.text)
        };
        done.into_iter().map(line).collect::<Vec<Written>>()
    });
    let any = derive(move || done.with(|done| !done.is_empty()));
    let write = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let words = text.get_untracked().trim().to_owned();
        let mut wrong: Errors = match words.chars().count() {
            0 => vec![(id, t::no_step().to_owned())],
            length if length > LONGEST_TEXT => vec![(id, faults::wrong(crate::domain::noting::Wrong::TooLong).to_owned())],
            _ => Vec::new(),
        };
        wrong.extend(guard.check(&[(id, &words)]));
        let failed = !wrong.is_empty();
        errors.set(wrong);
        let about = untrack(|| open.now(|file| Some((file.subject, file.concern.as_ref()?.entry.id)))).flatten();
        match about {
            Some((subject, of)) if !failed => {
                let body = MeldcodeStep { of, step, text: words }.into();
                open.save(vec![(subject, body)], None, t::step_saved(), Some(text));
            }
            _ => focus(id),
        }
    };
    let calls = matches!(step, Step::Colleague | Step::Weigh).then(|| view! { <Calls names=&["Veilig Thuis"]/> });
    view! {
        <li class="card step">
            <h3>{at + 1}". "{t::step(step)}</h3>
            {live(move || if any.get() {
                view! { <p><span class="state state--sent"><Icon name="check"/>{t::done_words()}</span></p> }
            } else {
                view! { <p><span class="state"><Icon name="clock"/>{t::not_done()}</span></p> }
            })}
            <p>{t::step_hint(step)}</p>
            {calls}
            {keyed(move || done.get(), move |(of, by, text): Written| view! {
                <div class="step__done">
                    <p class="written">{text}</p>
                    <p class="subtle small">{by}" "
                        {live(move || {
                            let (class, icon, words) = overview.with(|overview| state(overview, of));
                            view! { <span class=class><Icon name=icon/>{words}</span> }
                        })}
                    </p>
                </div>
            })}
            <details class="more" open=move || !text.get_untracked().is_empty()>
                <summary aria-label=move || format!("{}: {}", if any.get() { t::write_more() } else { t::write() }, t::step(step))>
                    <Icon name="next"/>{live(move || if any.get() { t::write_more() } else { t::write() })}
                </summary>
                <form autocomplete="off" class="form" data-draft="" novalidate=true on:input=move |_| open.keep() on:submit=write>
                    <Field id label=t::write_label() input=Input::Area value=text errors/>
                    <BsnTick guard/>
                    <Submit class="button button--quiet" icon="check" words=t::save_step()/>
                </form>
            </details>
        </li>
    }
}

/// What came of it; or, when it is over, the way back.
#[component]
fn Close(open: Open, runs: Derived<bool>) -> impl IntoView {
    let errors = RwSignal::new(Errors::new());
    let guard = Guard::new();
    let close = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let came_of = open.came_of.get_untracked().trim().to_owned();
        let mut wrong = if came_of.is_empty() { vec![(CAME_OF, t::no_outcome().to_owned())] } else { Vec::new() };
        wrong.extend(guard.check(&[(CAME_OF, &came_of)]));
        let failed = !wrong.is_empty();
        errors.set(wrong);
        let stand = untrack(|| open.now(|file| file.stand(Standing::Closed { came_of }))).flatten();
        match stand {
            Some(stand) if !failed => open.save(vec![stand], Some(false), t::closed_now(), Some(open.came_of)),
            _ => focus(CAME_OF),
        }
    };
    let again = move || {
        let stand = untrack(|| open.now(|file| file.stand(Standing::Open))).flatten();
        open.save(stand.into_iter().collect(), Some(true), t::opened_now(), None);
    };
    let came_of = derive(move || open.now(|file| file.came_of().map(ToOwned::to_owned)).flatten());
    view! {
        <section class="card" aria-labelledby="afsluiten">
            <h2 id="afsluiten">{live(move || if runs.get() { t::close() } else { t::is_closed() })}</h2>
            {live(move || if runs.get() {
                view! {
                    <p class="subtle">{t::close_why()}</p>
                    <form autocomplete="off" class="form" data-draft="" novalidate=true on:input=move |_| open.keep() on:submit=close>
                        <Field id=CAME_OF label=t::came_of() hint=t::came_of_hint() input=Input::Area value=open.came_of errors/>
                        <BsnTick guard/>
                        <Submit class="button button--quiet" icon="check" words=t::close_do()/>
                    </form>
                }
                .into_any()
            } else {
                view! {
                    <h3>{t::came_of()}</h3>
                    <p class="written">{came_of.get()}</p>
                    <Button icon="undo" words=t::open_again() press=again/>
                }
                .into_any()
            })}
        </section>
    }
}
