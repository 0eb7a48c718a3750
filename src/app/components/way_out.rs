//! It could not be saved: says so, keeps the text, and offers the ways out.

use std::rc::Rc;

use leptos::html::Dialog;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::Icon;
use super::act::Button;
use crate::app::live::{live, sometimes};
use crate::app::stranded::{Lack, Stranded, Way};
use crate::app::texts::trouble as t;
use crate::app::when;
use crate::store::indexed_db::IndexedDbStore;

/// How far somebody is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Choosing,
    Sending,
    NotSent,
    Sent,
    Filed,
}

/// The question, over whatever is on the screen. It stands in every shell, also in that of a locked phone.
#[component]
pub fn WayOut(
    /// What could not be kept.
    stranded: Rc<Stranded>,
    /// The store that could not keep it.
    store: Rc<IndexedDbStore>,
) -> impl IntoView {
    let asked = stranded.asked;
    let held = StoredValue::new_local((stranded, store));
    let step = RwSignal::new(Step::Choosing);
    let sent = StoredValue::new_local(Vec::new());
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        if let Some(dialog) = dialog.get() {
            if asked.get().is_some() {
                step.set(Step::Choosing);
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    let send = move || {
        step.set(Step::Sending);
        let (stranded, store) = held.get_value();
        spawn_local(async move {
            match stranded.send(&store).await {
                Ok(said) => {
                    sent.set_value(said);
                    step.set(Step::Sent);
                }
                Err(_) => step.set(Step::NotSent),
            }
        });
    };
    let answer = move |way: Way| held.with_value(|(stranded, _)| stranded.take(way));
    let locked = move || held.with_value(|(stranded, _)| stranded.locked.get());
    // Where there is no text to go back to it stays here, and is asked again on the next screen.
    let back = move || match dialog.get_untracked() {
        Some(dialog) if locked() => dialog.close(),
        _ => answer(Way::Back),
    };
    let cancel = move |event: web_sys::Event| {
        event.prevent_default();
        if matches!(step.get_untracked(), Step::Choosing | Step::NotSent) {
            back();
        }
    };
    let inside = move || {
        let lack = asked.get()?;
        let name = format!("waakvlam-noodbestand-{}.json", when::today());
        let file = held.with_value(|(stranded, _)| stranded.file());
        let said = live(move || match step.get() {
            Step::Choosing if locked() => t::nowhere(),
            Step::Choosing => t::still_here(),
            Step::Sending => t::sending(),
            Step::NotSent => t::not_sent(),
            Step::Sent => t::sent(),
            Step::Filed => t::filed(),
        });
        let acts = live(move || match step.get() {
            Step::Sending => ().into_any(),
            Step::Sent => {
                view! { <Button class="button" icon="check" words=t::done() press=move || answer(Way::Sent(sent.get_value()))/> }
                    .into_any()
            }
            Step::Filed => {
                view! { <Button class="button" icon="check" words=t::done() press=move || answer(Way::Filed)/> }.into_any()
            }
            Step::Choosing | Step::NotSent => view! {
                <Button class="button" icon="send" words=t::send_now() press=send/>
                <a class="button button--quiet" href=file.clone() download=name.clone() on:click=move |_| step.set(Step::Filed)>
                    <Icon name="copy"/>{t::as_file()}
                </a>
                <Button icon="back" words=if locked() { t::later() } else { t::back_to_text() } press=back/>
            }
            .into_any(),
        });
        Some(view! {
            <div>
                <h2 id="noodgeval">{t::not_saved()}</h2>
                <p><strong>{if lack == Lack::Room { t::no_room() } else { t::no_storage() }}</strong></p>
                <p role="status">{said}</p>
                <div class="actions">{acts}</div>
            </div>
        })
    };
    view! {
        <dialog class="dialog" aria-labelledby="noodgeval" node_ref=dialog on:cancel=cancel>{sometimes(inside)}</dialog>
    }
}
