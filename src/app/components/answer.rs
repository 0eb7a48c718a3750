//! What is typed in answer to one question in a dialog. It is kept sealed at each stroke, under a name of its own for each entry that is asked
//! about, and stands there again when the same is asked again. An answer without a word is no draft.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::desk::Desk;
use crate::app::drafts::Draft;
use crate::domain::{EntryId, PlaceId, json};

/// What is kept of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
struct Half {
    text: String,
}

/// A form, and the entry that it is about: what an unfinished answer is called.
pub type About = (&'static str, EntryId);

/// The answer. A handle.
#[derive(Clone, Copy)]
pub struct Answer {
    /// The words.
    pub text: RwSignal<String>,
    desk: StoredValue<Desk, LocalStorage>,
    draft: StoredValue<Option<(String, Draft)>, LocalStorage>,
}

impl Answer {
    /// Nothing is asked yet.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        Self { text: RwSignal::default(), desk: StoredValue::new_local(desk), draft: StoredValue::new_local(None) }
    }

    /// This is asked: what was typed before stands there. Where there is no entry with a place, nothing is kept.
    pub fn ask(self, about: Option<About>) {
        let name = about.and_then(|(form, of)| {
            let place = self.desk.with_value(|desk| {
                desk.overview.with_untracked(|overview| {
                    let subject = overview.caseload.entries.get(&of)?.payload.as_ref()?.subject;
                    overview.caseload.place_of(subject)
                })
            })?;
            Some(name(form, place, of))
        });
        self.ask_as(name);
    }

    /// As [`Answer::ask`], with the draft's whole name. It begins as every draft's name: with the form, the place and the entry.
    pub fn ask_as(self, name: Option<String>) {
        self.text.set(String::new());
        let Some(name) = name else { return self.draft.set_value(None) };
        let desk = self.desk.get_value();
        self.draft.set_value(Some((name.clone(), Draft::new(desk.clone(), name.clone()))));
        leptos::task::spawn_local(async move {
            let half = desk.draft(&name).await.and_then(|half| json::read::<Half>(&half).ok());
            let same = self.draft.try_with_value(|draft| draft.as_ref().is_some_and(|(now, _)| *now == name)).unwrap_or_default();
            // Somebody who is typing already is not interrupted.
            if let (Some(half), true, Some(true)) = (half, same, self.text.try_with_untracked(String::is_empty)) {
                self.text.try_set(half.text);
            }
        });
    }

    /// A stroke.
    pub fn typed(self) {
        let half = Half { text: self.text.get_untracked() };
        self.draft.with_value(|draft| match draft {
            Some((_, draft)) if half.text.trim().is_empty() => draft.drop(),
            Some((_, draft)) => draft.keep(&half),
            None => {}
        });
    }

    /// The draft of what is asked now, for whoever drops it when the screen may be gone already.
    #[must_use]
    pub fn draft(self) -> Option<Draft> {
        self.draft.with_value(|draft| draft.as_ref().map(|(_, draft)| draft.clone()))
    }

    /// It was saved or given up.
    pub fn done(self) {
        if let Some(draft) = self.draft() {
            draft.drop();
        }
        self.text.set(String::new());
    }
}

/// What a draft about an entry at a place is called.
#[must_use]
pub fn name(form: &str, place: PlaceId, of: EntryId) -> String {
    format!("{form}:{place}:{of}")
}
