//! One line to type: the label above it, then a hint, then what is wrong with it.

use leptos::prelude::*;

use super::Icon;
use crate::app::live::sometimes;
use crate::app::texts::welcome as t;

/// A field of one line. A secret one starts hidden and has a button to show it.
#[component]
pub fn Line(
    /// The id of the input.
    id: &'static str,
    /// What it asks for.
    label: &'static str,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// What the browser may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// Whether a keyboard starts words with a capital: "none" or "words".
    #[prop(default = "none")]
    capitals: &'static str,
    /// Hidden until shown.
    #[prop(optional)]
    secret: bool,
) -> impl IntoView {
    let shown = RwSignal::new(!secret);
    let described = move || {
        let hint = hint.map(|_| format!("{id}-hint"));
        let error = error.with(Option::is_some).then(|| format!("{id}-error"));
        let ids = [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ");
        (!ids.is_empty()).then_some(ids)
    };
    view! {
        <div class="field" class:field--error=move || error.with(Option::is_some)>
            <label class="label" for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> })}
            {sometimes(move || error.get().map(|error| view! {
                <p class="field__error" id=format!("{id}-error")><Icon name="alert"/>{error}</p>
            }))}
            <input
                class="input"
                id=id
                name=id
                type=move || if shown.get() { "text" } else { "password" }
                autocomplete=autocomplete
                autocapitalize=capitals
                spellcheck="false"
                {..leptos::attr::custom::custom_attribute("autocorrect", "off")}
                aria-describedby=described
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                bind:value=value
            />
            {secret.then(|| view! {
                <button
                    class="button button--quiet"
                    type="button"
                    aria-pressed=move || shown.get().to_string()
                    aria-controls=id
                    on:click=move |_| shown.update(|shown| *shown = !*shown)
                >
                    <Icon name="eye"/>
                    {t::show_words()}
                </button>
            })}
        </div>
    }
}
