//! A few things to choose from whose words are only known on the phone: people, doors.

use leptos::prelude::*;

use super::Icon;
use super::error_summary::{Errors, error_of};
use crate::app::live::{Derived, derive, live, sometimes};

/// One of the things: what it is called inside, and the words on it.
pub type Picked = (String, String);

/// A question with a few answers as chips; `value` holds the inner names of those chosen.
#[component]
pub fn Pick(
    /// Its id, its name, and its name in the errors.
    id: &'static str,
    /// The question.
    legend: &'static str,
    /// What helps to choose.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What there is to choose from.
    options: Derived<Vec<Picked>>,
    /// Whether several may be chosen.
    #[prop(optional)]
    many: bool,
    /// Those chosen.
    value: RwSignal<Vec<String>>,
    /// What is wrong in the form.
    errors: RwSignal<Errors>,
) -> impl IntoView {
    let error = derive(move || error_of(errors, id));
    let kind = if many { "checkbox" } else { "radio" };
    let chips = live(move || {
        let chip = |(key, words): Picked| {
            let (own, picked) = (key.clone(), key);
            let pick = move |event| {
                let on = event_target_checked(&event);
                value.update(|value| {
                    if !many {
                        value.clear();
                    }
                    value.retain(|other| *other != picked);
                    if on {
                        value.push(picked.clone());
                    }
                });
            };
            view! {
                <label class="chip">
                    <input type=kind name=id prop:checked=move || value.with(|value| value.contains(&own)) on:input=pick/>
                    <span>{words}</span>
                </label>
            }
        };
        options.get().into_iter().map(chip).collect_view()
    });
    view! {
        <fieldset class=move || if error.with(Option::is_some) { "field field--error" } else { "field" } id=id tabindex="-1"
            aria-describedby=move || error.with(Option::is_some).then(|| format!("{id}-error"))>
            <legend class="label--big">{legend}</legend>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {sometimes(move || error.get().map(|text| view! {
                <p class="field__error" id=format!("{id}-error")><Icon name="alert"/>{text}</p>
            }))}
            <div class="chips">{chips}</div>
        </fieldset>
    }
}
