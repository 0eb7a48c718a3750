//! "Opgeslagen op deze telefoon": shown when the phone's disk has it, and only then.

use leptos::prelude::*;

use super::Icon;
use super::act::{Button, Link};
use super::error_summary::Fault;
use super::shell::focus;
use crate::app::desk::now;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, trouble, worker};
use crate::app::when;
use crate::domain::body::Withdrawal;
use crate::domain::{EntryId, PlaceId};

/// A second tap of the same thumb lands here within this time; it means nothing.
const SAME_TAP_MS: i64 = 700;

/// Says what was saved, takes the focus, and offers to take it back or to add to it.
#[component]
pub fn Saved(
    /// Where.
    place: PlaceId,
    /// The entry.
    entry: EntryId,
    /// What was saved, in a few words.
    what: String,
    /// Whether it can be added to: a contact can.
    completes: bool,
    /// Whether it can be taken back: a correction stands.
    #[prop(default = true)]
    undoes: bool,
    /// When it was taken back.
    undone: Callback<()>,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let busy = StoredValue::new(false);
    let fault = RwSignal::new(None::<String>);
    let shown = now();
    let elsewhere = desk.with_value(|desk| desk.elsewhere(entry));
    let (title, next) = match elsewhere {
        None => (worker::saved(), worker::goes_by_itself()),
        Some(true) => (trouble::at_the_office(), trouble::at_the_office_why()),
        Some(false) => (trouble::in_a_file(), trouble::in_a_file_why()),
    };
    // What this phone does not have can be neither taken back nor added to here.
    let here = elsewhere.is_none();
    let (undoes, completes) = (undoes && here, completes && here);
    let undo = move || {
        if (now() - shown).num_milliseconds() < SAME_TAP_MS || busy.get_value() {
            return;
        }
        busy.set_value(true);
        let desk = desk.get_value();
        leptos::task::spawn_local(async move {
            let subject = desk.overview.with_untracked(|overview| {
                overview.caseload.entries.get(&entry).and_then(|entry| entry.payload.as_ref()).map(|payload| payload.subject)
            });
            let bodies = subject.map(|subject| (subject, Withdrawal { of: entry }.into())).into_iter().collect();
            match desk.save(bodies).await {
                Ok(_) => {
                    undone.try_run(());
                }
                Err(why) => fault.set(Some(faults::save(&why))),
            }
            busy.try_update_value(|busy| *busy = false);
        });
    };
    request_animation_frame(|| focus("opgeslagen"));
    view! {
        <div class="saved" role="status" tabindex="-1" id="opgeslagen">
            <p class="saved__title"><Icon name="check"/>{title}</p>
            <p><strong>{what}</strong><br/>{worker::saved_at(&when::time(shown), next)}</p>
            <Fault fault/>
            <div class="actions">
                {undoes.then(|| view! {
                    <Button icon="undo" words=worker::undo() press=undo/>
                })}
                {completes.then(|| view! {
                    <Link to=Path::Complete(place, entry) icon="edit" words=worker::complete()/>
                })}
            </div>
        </div>
    }
}
