//! One line or a few lines of text: the label above, a hint, what is wrong with it.
//!
//! Every form says `autocomplete="off"`: without it Chromium keeps what is typed, readable, to restore the tab after a crash.

use leptos::prelude::*;

use super::Icon;
use super::error_summary::{Errors, error_of};
use crate::app::live::{derive, sometimes};

/// How it is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A few lines.
    Area,
    /// One line.
    Line,
    /// A day.
    Day,
    /// A number.
    Number,
}

/// A labelled field.
#[component]
pub fn Field(
    /// Its id, and its name in the errors.
    id: &'static str,
    /// The label above it.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// How it is filled in.
    input: Input,
    /// What is in it.
    value: RwSignal<String>,
    /// What is wrong in the form.
    errors: RwSignal<Errors>,
) -> impl IntoView {
    let error = derive(move || error_of(errors, id));
    let described = move || {
        let mut ids = Vec::new();
        if hint.is_some() {
            ids.push(format!("{id}-hint"));
        }
        if error.with(Option::is_some) {
            ids.push(format!("{id}-error"));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    };
    let invalid = move || error.with(Option::is_some).then_some("true");
    let control = if input == Input::Area {
        view! {
            <textarea class="input" id=id rows="4" aria-describedby=described aria-invalid=invalid prop:value=value
                on:input=move |event| value.set(event_target_value(&event))></textarea>
        }
        .into_any()
    } else {
        let (kind, class, mode) = match input {
            Input::Day => ("date", "input input--short", None),
            Input::Number => ("text", "input input--short", Some("numeric")),
            _ => ("text", "input", None),
        };
        view! {
            <input class=class id=id type=kind inputmode=mode autocomplete="off" aria-describedby=described
                aria-invalid=invalid prop:value=value on:input=move |event| value.set(event_target_value(&event))/>
        }
        .into_any()
    };
    view! {
        <div class=move || if error.with(Option::is_some) { "field field--error" } else { "field" }>
            <label class="label" for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {sometimes(move || error.get().map(|text| view! {
                <p class="field__error" id=format!("{id}-error")><Icon name="alert"/>{text}</p>
            }))}
            {control}
        </div>
    }
}

/// One tick.
#[component]
pub fn Tick(
    /// What it says.
    label: &'static str,
    /// Whether it is ticked.
    value: RwSignal<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=value on:input=move |event| value.set(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
}
