//! All errors of a form at its top, each leading to its field.

use leptos::prelude::*;

use super::Icon;
use super::shell::focus;
use crate::app::live::sometimes;
use crate::app::texts::worker;

/// The field's id and what is wrong with it.
pub type Errors = Vec<(&'static str, String)>;

/// What is wrong with one field.
#[must_use]
pub fn error_of(errors: RwSignal<Errors>, id: &'static str) -> Option<String> {
    errors.with(|errors| errors.iter().find(|(field, _)| *field == id).map(|(_, text)| text.clone()))
}

/// Shows the errors and moves to the first field that is wrong; without any, the summary goes.
pub fn show(errors: RwSignal<Errors>, found: Errors) {
    let first = found.first().map(|(id, _)| *id);
    errors.set(found);
    if let Some(id) = first {
        request_animation_frame(move || focus(id));
    }
}

/// The summary; nothing while there is nothing wrong.
#[component]
pub fn ErrorSummary(
    /// What is wrong.
    errors: RwSignal<Errors>,
) -> impl IntoView {
    sometimes(move || {
        errors.with(|errors| {
            (!errors.is_empty()).then(|| {
                let links = errors
                    .iter()
                    .map(|(id, text)| {
                        let id = *id;
                        let go = move |event: leptos::ev::MouseEvent| {
                            event.prevent_default();
                            focus(id);
                        };
                        view! { <li><a href=format!("#{id}") on:click=go>{text.clone()}</a></li> }
                    })
                    .collect_view();
                view! {
                    <div class="banner banner--error" role="alert" tabindex="-1" id="fouten">
                        <Icon name="alert"/>
                        <div>
                            <h2>{worker::not_right_yet()}</h2>
                            <ul>{links}</ul>
                        </div>
                    </div>
                }
            })
        })
    })
}

/// Something went wrong while saving; what was typed is still there.
#[component]
pub fn Fault(
    /// What is said of it.
    fault: RwSignal<Option<String>>,
) -> impl IntoView {
    sometimes(move || {
        fault.get().map(|text| {
            view! {
                <div class="banner banner--error" role="alert">
                    <Icon name="alert"/>
                    <div><p>{text}</p></div>
                </div>
            }
        })
    })
}

/// Brings the top of the page in sight, where a fault stands.
pub fn to_top() {
    request_animation_frame(|| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        super::shell::focus("main");
    });
}
