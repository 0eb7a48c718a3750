//! A few things to choose from, as chips or as tiles.

use std::borrow::Cow;

use leptos::prelude::*;

use super::Icon;
use super::error_summary::{Errors, error_of};
use crate::app::live::{derive, sometimes};

/// One of the things.
#[derive(Clone, Debug, Default)]
pub struct Choosable {
    /// The word on it.
    pub label: Cow<'static, str>,
    /// Its icon; a tile has one, a chip has none.
    pub icon: &'static str,
    /// What stands under the word.
    pub hint: &'static str,
    /// A class more.
    pub class: &'static str,
}

/// How they look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Chips in a line.
    Chips,
    /// Tiles in a grid.
    Tiles,
    /// Tiles below each other.
    List,
}

/// Words on chips.
#[must_use]
pub fn chips<T: Copy, L: Into<Cow<'static, str>>>(all: &[T], label: impl Fn(T) -> L) -> Vec<Choosable> {
    all.iter().map(|one| Choosable { label: label(*one).into(), ..Choosable::default() }).collect()
}

/// Which of all was chosen.
#[must_use]
pub fn chosen<T: Copy>(all: &[T], value: RwSignal<Vec<usize>>) -> Option<T> {
    value.with(|value| value.first().and_then(|at| all.get(*at)).copied())
}

/// The place of a thing among all.
#[must_use]
pub fn index<T: PartialEq>(all: &[T], one: Option<&T>) -> Vec<usize> {
    one.and_then(|one| all.iter().position(|other| other == one)).into_iter().collect()
}

/// A question with a few answers; `value` holds the places of those chosen.
#[component]
pub fn Choice(
    /// Its id, its name, and its name in the errors.
    id: &'static str,
    /// The question.
    legend: &'static str,
    /// What helps to choose.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What there is to choose from.
    options: Vec<Choosable>,
    /// How it looks.
    look: Look,
    /// Whether several may be chosen.
    #[prop(optional)]
    many: bool,
    /// The places of those chosen.
    value: RwSignal<Vec<usize>>,
    /// What is wrong in the form.
    errors: RwSignal<Errors>,
) -> impl IntoView {
    let error = derive(move || error_of(errors, id));
    let group = match look {
        Look::Chips => "chips",
        Look::Tiles => "tiles",
        Look::List => "tiles tiles--list",
    };
    let kind = if many { "checkbox" } else { "radio" };
    let options = options
        .into_iter()
        .enumerate()
        .map(|(at, option)| {
            let pick = move |event| {
                let on = event_target_checked(&event);
                value.update(|value| {
                    if !many {
                        value.clear();
                    }
                    value.retain(|other| *other != at);
                    if on {
                        value.push(at);
                    }
                });
            };
            let control = view! {
                <input type=kind name=id prop:checked=move || value.with(|value| value.contains(&at)) on:input=pick/>
            };
            if look == Look::Chips {
                view! { <label class="chip">{control}<span>{option.label}</span></label> }.into_any()
            } else {
                let hint = (!option.hint.is_empty()).then(|| view! { " " <span class="tile__hint">{option.hint}</span> });
                view! {
                    <label class=format!("tile {}", option.class)>
                        <Icon name=option.icon/>
                        <span>{option.label}{hint}</span>
                        {control}
                    </label>
                }
                .into_any()
            }
        })
        .collect_view();
    view! {
        <fieldset class=move || if error.with(Option::is_some) { "field field--error" } else { "field" } id=id tabindex="-1"
            aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-error"))>
            <legend class="label--big">{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {sometimes(move || error.get().map(|text| view! {
                <p class="field__error" id=format!("{id}-error")><Icon name="alert"/>{text}</p>
            }))}
            <div class=group>{options}</div>
        </fieldset>
    }
}
