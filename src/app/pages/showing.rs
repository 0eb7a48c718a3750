//! Laat zien: first who looks, then their own record over the whole screen.
//!
//! From the moment that it is shown, the rest of the app is out of reach: whatever leads away from this screen (back, another address,
//! "Klaar") closes the account, and the account is closed in every other tab. A new page or a new tab has nothing open by itself.
//!
//! What is half-typed here is kept sealed, under the name of the line and of who looks: it comes back in the same form when the worker opened the
//! app again and chose the same one, and is there for nobody else.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};

use crate::app::components::Icon;
use crate::app::components::act::{Back, Button, Submit};
use crate::app::components::answer::{self, Answer};
use crate::app::components::bsn::{self, BsnTick, Guard};
use crate::app::components::choice::{Choice, Choosable, Look, chips, chosen, index};
use crate::app::components::error_summary::{ErrorSummary, Errors, Fault};
use crate::app::components::field::{Field, Input};
use crate::app::components::form::{Kept, WentOn};
use crate::app::components::lock_elsewhere;
use crate::app::components::practice_bar::PracticeBar;
use crate::app::components::shell::{Shell, arrive, focus};
use crate::app::desk::{Desk, Overview};
use crate::app::language;
use crate::app::live::{derive, keyed, live, sometimes};
use crate::app::paths::{HalfDone, Path};
use crate::app::phone::{use_desk, use_phone};
use crate::app::texts::worker::capital;
use crate::app::texts::{faults, labels, showing as t, unfinished};
use crate::app::when;
use crate::domain::body::{Agreed, AgreedBy, Body, Consent, Objection, Party};
use crate::domain::showing::{self, Line, Looks, Part};
use crate::domain::{EntryId, PlaceId, Subject};

/// First who, then what.
#[component]
pub fn Page(
    /// At which door.
    place: PlaceId,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let looks = RwSignal::new(None::<Looks>);
    live(move || match looks.get() {
        None => view! { <Who place looks/> }.into_any(),
        Some(looks) => view! { <Shown place looks desk/> }.into_any(),
    })
}

/// One who can look, as the worker chooses.
#[derive(Clone, PartialEq)]
struct Choosing {
    looks: Looks,
    name: String,
    hint: &'static str,
}

fn choices(overview: &Overview, place: PlaceId) -> Vec<Choosing> {
    let caseload = &overview.caseload;
    let all = showing::lookers(caseload, place);
    let persons = all.iter().filter(|looks| matches!(looks, Looks::Person(_))).count();
    let choosing = all.iter().filter_map(|looks| match looks {
        Looks::Person(id) => {
            let person = &caseload.persons.get(id)?.person;
            let role = labels::who(person.role);
            let name =
                if person.called.is_empty() { role.to_owned() } else { format!("{}, {}", person.called, role.to_lowercase()) };
            Some(Choosing { looks: *looks, name, hint: "" })
        }
        Looks::Household(_) => {
            let hint = if persons == 0 { t::household_alone_hint() } else { t::household_hint() };
            Some(Choosing { looks: *looks, name: t::household().to_owned(), hint })
        }
    });
    let mut choosing: Vec<Choosing> = choosing.collect();
    // Somebody in particular first.
    choosing.sort_by_key(|one| matches!(one.looks, Looks::Household(_)));
    choosing
}

#[component]
fn Who(place: PlaceId, looks: RwSignal<Option<Looks>>) -> impl IntoView {
    let overview = use_desk().overview;
    let all = derive(move || overview.with(|overview| choices(overview, place)));
    let chosen = RwSignal::new(all.with_untracked(|all| (all.len() == 1).then_some(0)));
    // With whom something was not finished: said, never chosen for her. Who stands there may be another one now.
    let begun = RwSignal::new(Vec::<String>::new());
    let desk = use_desk();
    spawn_local(async move {
        begun.try_set(unfinished(&desk.drafts().await, place));
    });
    let missing = RwSignal::new(false);
    let begin = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match chosen.get_untracked().and_then(|at| all.with_untracked(|all| all.get(at).map(|one| one.looks))) {
            Some(who) => looks.set(Some(who)),
            None => {
                missing.set(true);
                focus("wie");
            }
        }
    };
    view! {
        <Shell title=t::title() focused=true>
            <div class="page__head">
                <Back to=Path::Door(place) words=t::to_door()/>
                <h1>{t::who_looks()}</h1>
                <p class="subtle">{t::who_looks_why()}</p>
            </div>
            {live(move || all.with(|all| {
                if all.is_empty() {
                    let known = overview.with_untracked(|overview| overview.caseload.places.contains_key(&place));
                    return view! { <p>{if known { t::nothing_there() } else { t::no_door() }}</p> }.into_any();
                }
                let options = all.iter().enumerate().map(|(at, one)| view! {
                    <label class="tile">
                        <Icon name=if matches!(one.looks, Looks::Person(_)) { "user" } else { "house" }/>
                        <span>{one.name.clone()}{sometimes({
                            let who = id_of(one.looks);
                            move || begun.with(|begun| begun.contains(&who)).then(|| view! {
                                " " <span class="tile__hint">{unfinished::went_on_here()}</span>
                            })
                        })}{(!one.hint.is_empty()).then(|| view! { " " <span class="tile__hint">{one.hint}</span> })}</span>
                        <input type="radio" name="wie" prop:checked=move || chosen.get() == Some(at) on:input=move |_| {
                            missing.set(false);
                            chosen.set(Some(at));
                        }/>
                    </label>
                }).collect_view();
                view! {
                    <form autocomplete="off" class="form" novalidate=true on:submit=begin>
                        <fieldset class=move || if missing.get() { "field field--error" } else { "field" } id="wie" tabindex="-1"
                            aria-describedby=move || missing.get().then_some("wie-error")>
                            <legend class="visually-hidden">{t::who_looks()}</legend>
                            {sometimes(move || missing.get().then(|| view! {
                                <p class="field__error" id="wie-error"><Icon name="alert"/>{t::choose_first()}</p>
                            }))}
                            <div class="tiles tiles--list">{options}</div>
                        </fieldset>
                        <p class="line"><Icon name="eye"/><span>{t::only_them()}</span></p>
                        <div class="actions"><Submit class="button button--big" icon="eye" words=t::begin()/></div>
                        <p class="hint">{t::begin_why()}</p>
                    </form>
                }.into_any()
            }))}
        </Shell>
    }
}

/// Their record. It has no link and no menu; leaving it closes the account.
#[component]
fn Shown(place: PlaceId, looks: Looks, desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let phone = use_phone();
    let navigate = use_navigate();
    // The bar of the practice neighbourhood is the worker's.
    let bar = view! { <PracticeBar/> };
    // A resident reads Dutch, in what is drawn later and by what all screens share, too: errors, days, the question about a BSN.
    let english = language::english();
    language::speak(false);
    on_cleanup(move || language::speak(english));
    arrive(t::title());
    lock_elsewhere::tell();
    on_cleanup(move || phone.lock());
    let overview = desk.with_value(|desk| desk.overview);
    let parts = derive(move || overview.with(|overview| showing::of(&overview.caseload, looks, when::today())));
    let headings = derive(move || parts.with(|parts| parts.iter().map(|(part, _)| *part as usize).collect::<Vec<_>>()));
    let answer = desk.with_value(|desk| Answer::new(desk.clone()));
    let wrong = Wrong { desk, looks, place, of: RwSignal::new(None), answer, said: RwSignal::new("") };
    wrong.go_on(move |of| {
        parts.with_untracked(|parts| parts.iter().flat_map(|(_, lines)| lines).find(|line| line.of == of).cloned())
    });
    let done = move || {
        // The door is what the worker comes back to; going there closes the account.
        navigate(&Path::Door(place).to_string(), NavigateOptions { replace: true, ..NavigateOptions::default() });
    };
    let lines = move |at: usize| {
        parts.with(|parts| {
            let lines = parts.iter().find(|(part, _)| *part as usize == at).map(|(_, lines)| lines.clone());
            lines.unwrap_or_default()
        })
    };
    view! {
        <div class="shown">
            {bar}
            <main class="page" id="main" lang="nl" tabindex="-1">
                <div class="page__head">
                    <h1>{if matches!(looks, Looks::Person(_)) { t::about_you() } else { t::about_home() }}</h1>
                    <p class="line subtle"><Icon name="lock"/><span>{t::rest_is_locked()}</span></p>
                </div>
                <p role="status">{live(move || wrong.said.get())}</p>
                {sometimes(move || headings.with(Vec::is_empty).then(|| view! { <p>{t::nothing_about_you()}</p> }))}
                {keyed(move || headings.get(), move |at| {
                    let part = PARTS[at];
                    view! {
                        <section class="section">
                            <h2 class="line"><Icon name=t::part_icon(part)/><span>{t::part(part)}</span></h2>
                            <ul class="shown__lines">{keyed(move || lines(at), move |line| view! { <OneLine line wrong desk/> })}</ul>
                        </section>
                    }
                })}
                <Sharing desk looks place/>
                <div class="card">
                    <p>{t::maybe_more()}</p>
                    <p>{t::never_who()}</p>
                    <p>{t::who_reads()}</p>
                </div>
            </main>
            <footer class="shown__foot" lang="nl">
                <Button class="button button--big" icon="lock" words=t::done() press=done/>
            </footer>
        </div>
    }
}

const PARTS: [Part; 7] = [Part::You, Part::Agreed, Part::Contacts, Part::Worries, Part::Help, Part::Small, Part::GoodToKnow];

/// "Klopt niet": which line is being disputed, and in what words. One at a time.
#[derive(Clone, Copy)]
struct Wrong {
    desk: StoredValue<Desk, LocalStorage>,
    looks: Looks,
    place: PlaceId,
    of: RwSignal<Option<Line>>,
    answer: Answer,
    said: RwSignal<&'static str>,
}

impl Wrong {
    /// This line is being disputed; what was typed about it by the same one stands there.
    fn open(self, line: Line) {
        self.said.set("");
        self.answer.ask_as(Some(format!("{}:{}", answer::name(OBJECTION, self.place, line.of), id_of(self.looks))));
        self.of.set(Some(line));
        request_animation_frame(|| focus("klopt-niet"));
    }

    /// Goes on with what was not finished, if its line is still shown.
    fn go_on(self, line: impl Fn(EntryId) -> Option<Line> + 'static) {
        let (desk, begins, ends) = (self.desk.get_value(), format!("{OBJECTION}:{}:", self.place), id_of(self.looks));
        spawn_local(async move {
            let names = desk.drafts().await;
            let of_theirs = names.iter().filter(|name| name.starts_with(&begins) && name.ends_with(&ends));
            let of = of_theirs.filter_map(|name| HalfDone::of(name)?.entry).find_map(line);
            if let (Some(line), Some(true)) = (of, self.of.try_with_untracked(Option::is_none)) {
                self.open(line);
            }
        });
    }
}

/// What an unfinished "klopt niet" is called, and an unfinished consent.
const OBJECTION: &str = "objection";
const CONSENT: &str = "consent";

/// The id of who looks.
fn id_of(looks: Looks) -> String {
    match looks {
        Looks::Household(id) => id.to_string(),
        Looks::Person(id) => id.to_string(),
    }
}

/// With whom something is unfinished here: the last part of the name of each such draft.
fn unfinished(drafts: &[String], place: PlaceId) -> Vec<String> {
    let here = drafts.iter().filter(|name| {
        let half = HalfDone::of(name);
        half.is_some_and(|half| matches!(half.form.as_str(), OBJECTION | CONSENT) && half.place == Some(place))
    });
    here.filter_map(|name| name.rsplit(':').next()).map(str::to_owned).collect()
}

#[component]
fn OneLine(line: Line, wrong: Wrong, desk: StoredValue<Desk, LocalStorage>) -> impl IntoView {
    let overview = desk.with_value(|desk| desk.overview);
    let sentences = overview.with_untracked(|overview| t::says(&line.says, &|party| called(overview, party)));
    let sentences = sentences.into_iter().map(|sentence| view! { <p>{sentence}</p> }).collect_view();
    let disputed = line
        .disputed
        .iter()
        .map(|word| match word.as_str() {
            "" => view! { <p class="shown__wrong line"><Icon name="chat"/><span>{t::said_wrong()}</span></p> }.into_any(),
            word => {
                view! { <p class="shown__wrong line"><Icon name="chat"/><span>{t::you_said()}" ‘"{word.to_owned()}"’"</span></p> }
                    .into_any()
            }
        })
        .collect_view();
    let day = line.says.has_day().then(|| view! { <p class="row__meta">{capital(&when::day(when::day_of(line.at)))}</p> });
    let this = StoredValue::new(line.clone());
    let of = line.of;
    let open = derive(move || wrong.of.with(|open| open.as_ref().is_some_and(|open| this.with_value(|this| open == this))));
    view! {
        <li class="shown__line">
            {day}
            {sentences}
            {disputed}
            {live(move || if open.get() {
                view! { <Dispute of wrong/> }.into_any()
            } else {
                view! {
                    <Button class="button button--link" words=t::wrong() press=move || wrong.open(this.get_value())/>
                }.into_any()
            })}
        </li>
    }
}

/// The words of who looks, typed by the worker.
#[component]
fn Dispute(of: EntryId, wrong: Wrong) -> impl IntoView {
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let guard = Guard::new();
    let busy = StoredValue::new(false);
    let close = move || {
        wrong.answer.done();
        wrong.of.set(None);
        request_animation_frame(|| focus("main"));
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let word = wrong.answer.text.with_untracked(|word| word.trim().to_owned());
        let mut found = guard.check(&[("klopt-niet", &word)]);
        if word.is_empty() {
            found.push(("klopt-niet", t::wrong_empty().to_owned()));
        } else if word.chars().count() > crate::domain::noting::LONGEST_TEXT {
            found.push(("klopt-niet", faults::wrong(crate::domain::noting::Wrong::TooLong).to_owned()));
        }
        if !found.is_empty() {
            errors.set(found);
            return focus("klopt-niet");
        }
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let bodies: Vec<(Subject, Body)> = vec![(wrong.looks.subject(), Objection { of, word }.into())];
        let (desk, draft) = (wrong.desk.get_value(), wrong.answer.draft());
        spawn_local(async move {
            match bsn::save(&desk, bodies).await {
                Ok(_) => {
                    if let Some(draft) = draft {
                        draft.drop();
                    }
                    wrong.said.try_set(t::wrong_saved());
                    wrong.of.try_set(None);
                    request_animation_frame(|| focus("main"));
                }
                Err(why) => drop(fault.try_set(Some(faults::save(&why)))),
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    view! {
        <form autocomplete="off" class="form" data-draft="" novalidate=true on:input=move |_| wrong.answer.typed() on:submit=save>
            <Fault fault/>
            <Field id="klopt-niet" label=t::wrong_what() hint=t::wrong_hint() input=Input::Area value=wrong.answer.text errors/>
            <BsnTick guard/>
            <div class="actions">
                <Submit icon="check" words=t::wrong_save()/>
                <Button words=t::never_mind() press=close/>
            </div>
        </form>
    }
}

/// What a resident calls a party: by its name here, else by what it is.
fn called(overview: &Overview, party: Party) -> String {
    overview.directory.called(party).unwrap_or_else(|| t::party(party)).to_owned()
}

const YES_NO: [bool; 2] = [true, false];

/// What is kept of a consent that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Shared {
    party: Option<Party>,
    may: Option<bool>,
    by: Option<AgreedBy>,
    word: String,
    interpreter: String,
}

/// Consent, per party: given or taken back, by whom, by what word.
#[component]
fn Sharing(desk: StoredValue<Desk, LocalStorage>, looks: Looks, place: PlaceId) -> impl IntoView {
    let parties: Vec<Party> = Party::ALL.iter().copied().filter(|party| !showing::is_guarded(*party)).collect();
    let options =
        desk.with_value(|desk| desk.overview.with_untracked(|overview| chips(&parties, |party| called(overview, party))));
    let parties = StoredValue::new(parties);
    let (party, may, by) = (RwSignal::new(Vec::new()), RwSignal::new(Vec::new()), RwSignal::new(Vec::new()));
    let (word, interpreter) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let said = RwSignal::new("");
    let guard = Guard::new();
    let busy = StoredValue::new(false);
    let fill = move |half: Shared| {
        party.set(parties.with_value(|parties| index(parties, half.party.as_ref())));
        may.set(index(&YES_NO, half.may.as_ref()));
        by.set(index(AgreedBy::ALL, half.by.as_ref()));
        word.set(half.word);
        interpreter.set(half.interpreter);
    };
    let half = move || {
        untrack(|| Shared {
            party: parties.with_value(|parties| chosen(parties, party)),
            may: chosen(&YES_NO, may),
            by: chosen(AgreedBy::ALL, by),
            word: word.get(),
            interpreter: interpreter.get(),
        })
    };
    let name = format!("{CONSENT}:{place}:{}", id_of(looks));
    let kept = desk.with_value(|desk| Kept::begin(desk, name, Shared::default(), fill, half));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        said.set("");
        let whom = parties.with_value(|parties| chosen(parties, party));
        let given = chosen(&YES_NO, may);
        let who = chosen(AgreedBy::ALL, by);
        let (text, tolk) =
            (word.with_untracked(|word| word.trim().to_owned()), interpreter.with_untracked(|one| one.trim().to_owned()));
        let mut found = Errors::new();
        found.extend(whom.is_none().then(|| ("delen-met", t::with_whom_empty().to_owned())));
        found.extend(given.is_none().then(|| ("delen-mag", t::may_we_empty().to_owned())));
        found.extend(who.is_none().then(|| ("delen-wie", t::who_says_empty().to_owned())));
        found.extend(text.is_empty().then(|| ("delen-woord", t::word_empty().to_owned())));
        found.extend(guard.check(&[("delen-woord", &text), ("delen-tolk", &tolk)]));
        let (Some(party_), Some(given), Some(who), true) = (whom, given, who, found.is_empty()) else {
            errors.set(found);
            request_animation_frame(|| focus("fouten"));
            return;
        };
        errors.set(Errors::new());
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let agreed = Agreed { by: who, word: text, on: when::today(), interpreter: tolk };
        let bodies: Vec<(Subject, Body)> = vec![(looks.subject(), Consent { party: party_, given, agreed }.into())];
        let desk = desk.get_value();
        spawn_local(async move {
            match bsn::save(&desk, bodies).await {
                Ok(_) => {
                    kept.done();
                    for list in [party, may, by] {
                        list.try_set(Vec::new());
                    }
                    word.try_set(String::new());
                    interpreter.try_set(String::new());
                    said.try_set(t::sharing_saved());
                }
                Err(why) => drop(fault.try_set(Some(faults::save(&why)))),
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let yes_no = vec![
        Choosable { label: t::yes().into(), ..Choosable::default() },
        Choosable { label: t::no().into(), ..Choosable::default() },
    ];
    view! {
        <details class="more" prop:open=kept.opened()>
            <summary><Icon name="next"/>{t::sharing()}</summary>
            <p>{t::sharing_why()}</p>
            <p role="status">{live(move || said.get())}</p>
            <WentOn kept/>
            <form autocomplete="off" class="form" data-draft="" novalidate=true on:input=move |_| kept.keep() on:submit=save>
                <ErrorSummary errors/>
                <Fault fault/>
                <Choice id="delen-met" legend=t::with_whom() options look=Look::Chips value=party errors/>
                <Choice id="delen-mag" legend=t::may_we() options=yes_no look=Look::Chips value=may errors/>
                <Choice id="delen-wie" legend=t::who_says() options=chips(AgreedBy::ALL, t::agreed_by) look=Look::Chips value=by errors/>
                <Field id="delen-woord" label=t::word() hint=t::word_hint() input=Input::Line value=word errors/>
                <Field id="delen-tolk" label=t::interpreter() hint=t::interpreter_hint() input=Input::Line value=interpreter errors/>
                <BsnTick guard/>
                <Submit icon="check" words=t::sharing_save()/>
            </form>
        </details>
    }
}
