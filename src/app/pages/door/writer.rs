//! Saves what is tapped on a page, and says so only when the phone's disk has it.

use leptos::prelude::*;

use crate::app::components::bsn;
use crate::app::desk::{Desk, Overview, now};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::route::use_path;
use crate::app::texts::{faults, labels, noting, places, referring, rewording, worker};
use crate::domain::{Body, EntryId, Subject, UserId};

/// For so long after a save the page says what was saved.
const SAVED_SHOWN_MINUTES: i64 = 5;

/// What was just saved: the entry, in a few words, whether it can be added to, and whether it can be taken back.
pub(in crate::app::pages) type JustSaved = Option<(EntryId, String, bool, bool)>;

/// What was just saved here, as the address says; an old address says nothing.
pub(in crate::app::pages) fn as_the_address_says() -> RwSignal<JustSaved> {
    let desk = use_desk();
    let me = desk.me.with_untracked(|me| me.user);
    RwSignal::new(match use_path().get_untracked() {
        Some(Path::DoorSaved(_, id)) => desk.overview.with_untracked(|overview| just_saved(overview, me, id)),
        _ => None,
    })
}

fn just_saved(overview: &Overview, me: UserId, id: EntryId) -> JustSaved {
    let entry = overview.caseload.entries.get(&id).filter(|entry| entry.author == me)?;
    let payload = entry.payload.as_ref()?;
    if (now() - payload.written_at).num_minutes() >= SAVED_SHOWN_MINUTES {
        return None;
    }
    match &payload.body {
        Body::Visit(visit) => Some((id, labels::contact(visit.kind, visit.outcome), true, true)),
        Body::Concern(concern) => Some((id, worker::concern(concern.tile, concern.severity), false, true)),
        Body::Known(known) => Some((id, places::known_saved(known.what), false, true)),
        Body::Correction(correction) => {
            let what = labels::contact(correction.visit.kind, correction.visit.outcome);
            Some((id, noting::added(&worker::small(&what)), false, false))
        }
        Body::Rewording(_) => Some((id, rewording::saved().to_owned(), false, false)),
        Body::Gesture(gesture) => Some((id, noting::gesture_done(&gesture.what), false, true)),
        Body::Tie(tie) => Some((id, format!("{}: {}", noting::tie(), noting::read(&tie.what)), false, false)),
        Body::Referral(referral) => Some((id, referring::asked_from(&overview.party(referral.party)), false, true)),
        _ => None,
    }
}

/// See the module. A handle.
#[derive(Clone, Copy)]
pub(in crate::app::pages) struct Writer {
    pub desk: StoredValue<Desk, LocalStorage>,
    pub fault: RwSignal<Option<String>>,
    pub said: RwSignal<&'static str>,
    busy: StoredValue<bool>,
}

impl Writer {
    pub fn new(desk: Desk) -> Self {
        Self {
            desk: StoredValue::new_local(desk),
            fault: RwSignal::new(None),
            said: RwSignal::new(""),
            busy: StoredValue::new(false),
        }
    }

    pub fn save(self, bodies: Vec<(Subject, Body)>, say: &'static str, done: impl FnOnce(Vec<EntryId>) + 'static) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.fault.set(None);
        self.said.set("");
        let desk = self.desk.get_value();
        let done: Box<dyn FnOnce(Vec<EntryId>)> = Box::new(done);
        leptos::task::spawn_local(async move {
            match bsn::save(&desk, bodies).await {
                Ok(ids) => {
                    // Never "opgeslagen op deze telefoon" of what is elsewhere: where it is was said when it was asked.
                    if ids.iter().all(|id| desk.elsewhere(*id).is_none()) {
                        self.said.set(say);
                    }
                    done(ids);
                }
                Err(why) => self.fault.set(Some(faults::save(&why))),
            }
            self.busy.try_update_value(|busy| *busy = false);
        });
    }

    /// Looks at what stands now.
    pub fn look<T>(self, look: impl FnOnce(&Overview) -> T) -> T {
        self.desk.with_value(|desk| desk.overview.with_untracked(look))
    }
}
