//! What was set apart: what it is, since when, why, and what can be done about it. It never holds up what comes after it, and goes
//! only when a person has seen to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::DateTime;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::components::Icon;
use crate::app::components::act::Button;
use crate::app::components::error_summary::Fault;
use crate::app::components::shell::focus;
use crate::app::desk::Overview;
use crate::app::live::live;
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, sending, trouble as t};
use crate::domain::{Entry, EntryId, PlaceId};
use crate::store::OutboxState;

/// One entry that was set apart.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Line {
    id: EntryId,
    title: String,
    since: String,
    place: Option<PlaceId>,
    why: &'static str,
    refused: bool,
}

/// All of them, by when they were written. An id says when it was made, also of an entry that can't be read any more.
pub fn lines(overview: &Overview, closed: &BTreeMap<EntryId, Arc<Entry>>) -> Vec<Line> {
    let caseload = &overview.caseload;
    let aside =
        overview.outbox.iter().filter(|(_, state)| matches!(state, OutboxState::Quarantined { .. } | OutboxState::Refused));
    let line = |(id, state): (&EntryId, &OutboxState)| {
        let entry = caseload.entries.get(id);
        let made = id.0.get_timestamp().and_then(|made| DateTime::from_timestamp(i64::try_from(made.to_unix().0).ok()?, 0));
        Line {
            id: *id,
            title: match entry {
                Some(entry) => sending::title(caseload, entry),
                None if closed.contains_key(id) => sending::closed().to_owned(),
                None => t::unreadable().to_owned(),
            },
            since: made.map(sending::since_when).unwrap_or_default(),
            place: entry.and_then(|entry| caseload.place_of(entry.payload.as_ref()?.subject)),
            why: t::why(*state),
            refused: matches!(state, OutboxState::Refused),
        }
    };
    aside.map(line).collect()
}

/// One of them.
#[component]
pub fn Aside(
    /// Which.
    line: Line,
) -> impl IntoView {
    let desk = StoredValue::new_local(use_desk());
    let sure = RwSignal::new(false);
    let fault = RwSignal::new(None::<String>);
    let settle = move |again: bool| {
        spawn_local(async move {
            match desk.get_value().settle(line.id, again).await {
                // The row, and what had the focus, is gone.
                Ok(()) => request_animation_frame(|| focus("main")),
                Err(why) => fault.set(Some(faults::save(&why))),
            }
        });
    };
    let title = match line.place {
        Some(place) => view! { <a href=Path::Door(place).to_string()>{line.title}</a> }.into_any(),
        None => line.title.into_any(),
    };
    let (state, what) = if line.refused { (t::refused(), t::refused_do()) } else { (t::quarantined(), t::quarantined_do()) };
    let acts = live(move || match (line.refused, sure.get()) {
        (false, _) => view! { <Button icon="check" words=t::seen_to() press=move || settle(false)/> }.into_any(),
        (true, false) => view! {
            <Button icon="sync" words=t::send_again() press=move || settle(true)/>
            <Button icon="close" words=t::throw_away() press=move || sure.set(true)/>
        }
        .into_any(),
        (true, true) => view! {
            <p role="alert"><strong>{t::sure()}</strong></p>
            <Button icon="close" words=t::throw_away_yes() press=move || settle(false)/>
            <Button icon="back" words=t::throw_away_no() press=move || sure.set(false)/>
        }
        .into_any(),
    });
    view! {
        <li class="row row--plain">
            <h3>{title}</h3>
            <p class="row__meta">{line.since}</p>
            <span class="state state--held"><Icon name="alert"/>{state}</span>
            <p>{line.why}" "{what}</p>
            <Fault fault/>
            <div class="actions">{acts}</div>
        </li>
    }
}
