//! An urgent signal: who to call, on top, until somebody was called.

use leptos::prelude::*;

use super::Icon;
use super::ask::Words;
use crate::app::desk::{Overview, now};
use crate::app::pieces;
use crate::app::texts::{help, worker};
use crate::domain::body::Called;
use crate::domain::body::HelpLine;
use crate::domain::directory;
use crate::domain::{EntryId, PlaceId};
use crate::sync::held::OutboxState;

/// Whether nobody but this phone knows of an entry.
#[must_use]
pub fn only_here(overview: &Overview, entry: EntryId) -> bool {
    !matches!(overview.outbox.get(&entry), None | Some(OutboxState::Sent { .. }))
}

/// What the alarm says about a signal.
#[must_use]
pub fn title(overview: &Overview, place: PlaceId, concern: EntryId) -> String {
    let name = overview.caseload.place_name(place);
    if only_here(overview, concern) { format!("{} ({name})", worker::only_here()) } else { worker::call_about(&name) }
}

/// The alarm. Without `concern` it is still being written.
#[component]
pub fn Alarm(
    /// What it says; it changes when the signal is sent.
    #[prop(into)]
    title: Signal<String>,
    /// The signal, once it is saved.
    concern: Option<EntryId>,
    /// The id of the field in "Ik heb gebeld"; one a page for each alarm.
    #[prop(default = "gebeld")]
    id: &'static str,
) -> impl IntoView {
    let call = |line: HelpLine| {
        view! {
            <a class="call" href=format!("tel:{}", line.dial)>
                <Icon name="phone"/>
                <span><strong>{line.name.clone()}</strong>" "{help::beside(&line)}</span>
            </a>
        }
    };
    let lines = crate::app::phone::use_desk().overview.with_untracked(|overview| overview.directory.lines());
    let checked = directory::checked(&lines).map(worker::numbers_checked);
    let (acute, other): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.acute);
    let called = concern.map(|of| {
        let desk = StoredValue::new_local(crate::app::phone::use_desk());
        let bodies = Callback::new(move |whom: String| {
            let subject = desk.with_value(|desk| {
                desk.overview.with_untracked(|overview| {
                    overview.caseload.entries.get(&of).and_then(|entry| entry.payload.as_ref()).map(|payload| payload.subject)
                })
            });
            subject.into_iter().map(|subject| (subject, Called { of, whom: whom.clone(), at: now() }.into())).collect()
        });
        let words = Words {
            button: worker::i_called(),
            icon: "check",
            title: worker::whom_called(),
            label: worker::name_or_number(),
            hint: worker::called_hint(),
        };
        pieces::ask(words, id, ("called", of), bodies)
    });
    view! {
        <section class="alarm" aria-label=worker::act_now()>
            <p class="alarm__title"><Icon name="phone-device"/><span>{title}</span></p>
            <div class="calls">{acute.into_iter().map(call).collect_view()}</div>
            {called}
            <details class="more">
                <summary><Icon name="next"/>{worker::more_numbers()}</summary>
                <div class="calls">{other.into_iter().map(call).collect_view()}</div>
                <p class="small">{checked}</p>
            </details>
        </section>
    }
}
