//! A button that asks one thing in a dialog, and writes the answer down. Until then it is kept: see [`Answer`].

use leptos::html::Dialog;
use leptos::prelude::*;

use super::act::{Button, Submit};
use super::answer::{About, Answer};
use super::bsn::{self, BsnTick, Guard};
use super::error_summary::{Errors, Fault};
use super::field::{Field, Input};
use super::shell::focus;
use crate::app::going_on;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, worker};
use crate::domain::noting::Wrong;
use crate::domain::{Body, Subject};

/// The words of the question.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// On the button that opens it.
    pub button: &'static str,
    /// The icon there.
    pub icon: &'static str,
    /// What the dialog is about.
    pub title: &'static str,
    /// The label above the field.
    pub label: &'static str,
    /// What helps to fill it in.
    pub hint: &'static str,
}

/// The button and its dialog. `id` is the field's: one a page for each question.
#[component]
pub fn Ask(
    /// The words of the question.
    words: Words,
    /// The field's id.
    id: &'static str,
    /// Whether the answer takes more than a line.
    #[prop(optional)]
    long: bool,
    /// What an unfinished answer is called: the form, and the entry that it is about.
    about: About,
    /// From the answer to what is written down.
    bodies: Callback<String, Vec<(Subject, Body)>>,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let dialog = NodeRef::<Dialog>::new();
    let answer = desk.with_value(|desk| Answer::new(desk.clone()));
    let value = answer.text;
    let errors = RwSignal::new(Errors::new());
    let fault = RwSignal::new(None::<String>);
    let busy = StoredValue::new(false);
    let guard = Guard::new();
    let open = move || {
        if let Some(dialog) = dialog.get_untracked() {
            answer.ask(Some(about));
            let _ = dialog.show_modal();
        }
    };
    let goes_on = StoredValue::new(going_on::is(about.0, about.1));
    Effect::new(move |_| {
        if dialog.get().is_some() && goes_on.get_value() {
            goes_on.set_value(false);
            request_animation_frame(open);
        }
    });
    let close = move || {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said = value.get_untracked().trim().to_owned();
        if said.is_empty() {
            errors.set(vec![(id, faults::wrong(Wrong::Empty).to_owned())]);
            focus(id);
            return;
        }
        let found = guard.check(&[(id, &said)]);
        if !found.is_empty() {
            errors.set(found);
            focus(id);
            return;
        }
        if busy.get_value() {
            return;
        }
        busy.set_value(true);
        let bodies = bodies.run(said);
        let (desk, draft) = (desk.get_value(), answer.draft());
        leptos::task::spawn_local(async move {
            // What it was about may go from the screen with the save: close the dialog first, and open it again if it failed.
            if let Some(dialog) = dialog.get_untracked() {
                dialog.close();
            }
            match bsn::save(&desk, bodies).await {
                Ok(_) => {
                    if let Some(draft) = draft {
                        draft.drop();
                    }
                    value.try_set(String::new());
                    errors.try_set(Errors::new());
                    request_animation_frame(|| focus("main"));
                }
                Err(why) => {
                    fault.try_set(Some(faults::save(&why)));
                    if let Some(dialog) = dialog.try_get_untracked().flatten() {
                        let _ = dialog.show_modal();
                    }
                }
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    let title = format!("{id}-titel");
    let labelled = title.clone();
    view! {
        <Button icon=words.icon words=words.button press=open/>
        <dialog class="dialog" aria-labelledby=labelled node_ref=dialog>
            <form autocomplete="off" method="dialog" data-draft="" novalidate=true on:input=move |_| answer.typed() on:submit=save>
                <h2 id=title>{words.title}</h2>
                <Fault fault/>
                <Field id label=words.label hint=words.hint input=if long { Input::Area } else { Input::Line } value errors/>
                <BsnTick guard/>
                <div class="actions">
                    <Submit icon="check" words=worker::save()/>
                    <Button words=worker::back() press=close/>
                </div>
            </form>
        </dialog>
    }
}
