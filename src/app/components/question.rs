//! One dialog for a whole list: whichever row asks, it is asked here, and the answer is written down. Until then it is kept: see [`Answer`].

use leptos::html::Dialog;
use leptos::prelude::*;

use super::Icon;
use super::act::{Button, Submit};
use super::answer::{About, Answer};
use super::bsn::{self, BsnTick, Guard};
use super::error_summary::Fault;
use super::shell::focus;
use crate::app::live::{derive, sometimes};
use crate::app::phone::use_desk;
use crate::app::texts::{faults, noting as t};
use crate::domain::noting::{LONGEST_TEXT, Wrong};
use crate::domain::{Body, Subject};

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What the dialog is about.
    pub title: &'static str,
    /// What is said of it before.
    pub text: &'static str,
    /// The label above the field; without one nothing is typed, only confirmed.
    pub label: Option<&'static str>,
    /// What helps to fill it in.
    pub hint: &'static str,
    /// Whether a number is asked.
    pub number: bool,
    /// What an unfinished answer is called; nothing where none is kept.
    pub about: Option<About>,
    /// The words on the button that saves.
    pub save: &'static str,
}

/// A question of one row, with what its answer writes down.
pub type Question = (Asked, Callback<String, Vec<(Subject, Body)>>);

/// The dialog. It stands outside the list, so that what comes in meanwhile does not take away what is being typed.
#[component]
pub fn QuestionDialog(
    /// The id of its field; one a page.
    id: String,
    /// What is asked now.
    asking: RwSignal<Option<Question>>,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let dialog = NodeRef::<Dialog>::new();
    let answer = desk.with_value(|desk| Answer::new(desk.clone()));
    let value = answer.text;
    let error = RwSignal::new(None::<String>);
    let fault = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    let guard = Guard::new();
    let asked = derive(move || asking.with(|asking| asking.as_ref().map(|(asked, _)| *asked)));
    let keeps = derive(move || asked.with(|asked| asked.is_some_and(|asked| asked.about.is_some())));
    Effect::new(move |_| {
        let Some(dialog) = dialog.get() else { return };
        if let Some(asked) = asked.get() {
            answer.ask(asked.about);
            error.set(None);
            fault.set(None);
            if !dialog.open() {
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    let (id, field) = (StoredValue::new(id.clone()), StoredValue::new(id));
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let Some((asked, bodies)) = asking.get_untracked() else { return };
        let said = value.get_untracked().trim().to_owned();
        if asked.label.is_some() {
            let number = guard.check(&[("antwoord", &said)]);
            let wrong = match said.chars().count() {
                0 => Some(faults::wrong(Wrong::Empty).to_owned()),
                length if length > LONGEST_TEXT => Some(faults::wrong(Wrong::TooLong).to_owned()),
                _ if asked.number && said.parse::<u16>().is_err() => Some(t::a_number().to_owned()),
                _ => number.into_iter().next().map(|(_, text)| text),
            };
            let stop = wrong.is_some();
            error.set(wrong);
            if stop {
                return field.with_value(|id| focus(id));
            }
        }
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let bodies = bodies.run(said);
        let (desk, draft) = (desk.get_value(), answer.draft());
        leptos::task::spawn_local(async move {
            match bsn::save(&desk, bodies).await {
                Ok(_) => {
                    if let Some(draft) = draft {
                        draft.drop();
                    }
                    value.try_set(String::new());
                    asking.try_set(None);
                    request_animation_frame(|| focus("main"));
                }
                Err(why) => {
                    fault.try_set(Some(faults::save(&why)));
                }
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let inside = sometimes(move || {
        asked.get().map(|asked| {
            let id = id.get_value();
            let (title, hint, wrong) = (format!("{id}-titel"), format!("{id}-hint"), format!("{id}-error"));
            let described = {
                let (hint, wrong) = (hint.clone(), wrong.clone());
                move || if error.with(Option::is_some) { format!("{hint} {wrong}") } else { hint.clone() }
            };
            let invalid = move || error.with(Option::is_some).then_some("true");
            let on_input = move |event| value.set(event_target_value(&event));
            let control = if asked.number {
                view! {
                    <input class="input input--short" id=id.clone() type="text" inputmode="numeric" autocomplete="off"
                        aria-describedby=described aria-invalid=invalid prop:value=value on:input=on_input/>
                }
                .into_any()
            } else {
                view! {
                    <textarea class="input" id=id.clone() rows="3" dir="auto" aria-describedby=described aria-invalid=invalid
                        prop:value=value on:input=on_input></textarea>
                }
                .into_any()
            };
            let typed = asked.label.map(|label| {
                view! {
                    <div class=move || if error.with(Option::is_some) { "field field--error" } else { "field" }>
                        <label class="label" for=id>{label}</label>
                        <p class="hint" id=hint>{asked.hint}</p>
                        {sometimes(move || error.get().map(|text| view! {
                            <p class="field__error" id=wrong.clone()><Icon name="alert"/>{text}</p>
                        }))}
                        {control}
                    </div>
                    <BsnTick guard/>
                }
            });
            view! {
                <h2 id=title>{asked.title}</h2>
                {(!asked.text.is_empty()).then(|| view! { <p>{asked.text}</p> })}
                <Fault fault/>
                {typed}
                <div class="actions">
                    <Submit icon="check" words=asked.save/>
                    <Button words=t::back() press=move || asking.set(None)/>
                </div>
            }
        })
    });
    view! {
        <dialog class="dialog" aria-labelledby=field.with_value(|id| format!("{id}-titel")) node_ref=dialog
            on:close=move |_| asking.set(None)>
            <form autocomplete="off" method="dialog" data-draft=move || keeps.get().then_some("") novalidate=true
                on:input=move |_| answer.typed() on:submit=save>{inside}</form>
        </dialog>
    }
}
