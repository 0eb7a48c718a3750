//! What can be tapped: a link to another screen, and a button that does something. An icon with words, or words alone.

use leptos::prelude::*;

use super::Icon;
use crate::app::paths::Path;

/// What a button does. Whatever it is, it goes through one listener.
pub struct Press(Box<dyn FnMut()>);

impl<F: FnMut() + 'static> From<F> for Press {
    fn from(act: F) -> Self {
        Self(Box::new(act))
    }
}

fn icon(name: &'static str) -> AnyView {
    if name.is_empty() { ().into_any() } else { view! { <Icon name/> }.into_any() }
}

/// A link to another screen.
#[component]
pub fn Link(
    /// Where it leads.
    to: Path,
    /// How it looks: "button", "button button--quiet", "back" …
    #[prop(default = "button button--quiet")]
    class: &'static str,
    /// The icon; none without.
    #[prop(optional)]
    icon: &'static str,
    /// The words on it.
    words: &'static str,
) -> impl IntoView {
    view! { <a class=class href=to.to_string()>{self::icon(icon)}{words}</a> }
}

/// Back to where one came from.
#[component]
pub fn Back(
    /// Where that is.
    to: Path,
    /// What it is called.
    words: &'static str,
) -> impl IntoView {
    view! { <Link to class="back" icon="back" words/> }
}

/// A button that does something at once.
#[component]
pub fn Button(
    /// How it looks.
    #[prop(default = "button button--quiet")]
    class: &'static str,
    /// The icon; none without.
    #[prop(optional)]
    icon: &'static str,
    /// The words on it.
    #[prop(into)]
    words: String,
    /// What is read out, where the words alone don't say enough.
    #[prop(optional, into)]
    label: Option<String>,
    /// What it does.
    #[prop(into)]
    press: Press,
    /// Whether it has to wait for something.
    #[prop(optional)]
    working: Option<RwSignal<bool>>,
) -> impl IntoView {
    let mut press = press.0;
    let disabled = move || working.is_some_and(|working| working.get());
    view! { <button class=class type="button" aria-label=label disabled=disabled on:click=move |_| press()>{self::icon(icon)}{words}</button> }
}

/// The button that sends a form. While `working` it waits.
#[component]
pub fn Submit(
    /// How it looks.
    #[prop(default = "button")]
    class: &'static str,
    /// The icon; none without.
    #[prop(optional)]
    icon: &'static str,
    /// The words on it.
    words: &'static str,
    /// The id of the form, where the button stands outside it.
    #[prop(optional)]
    form: Option<&'static str>,
    /// Whether what was sent is being worked on.
    #[prop(optional)]
    working: Option<RwSignal<bool>>,
) -> impl IntoView {
    let disabled = move || working.is_some_and(|working| working.get());
    view! { <button class=class type="submit" form=form disabled=disabled>{self::icon(icon)}{words}</button> }
}
