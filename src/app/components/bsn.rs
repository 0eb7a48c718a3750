//! "Is dit een BSN?": no form saves a number that could be one before its writer said that it is none. Every form with free text asks
//! [`Guard::check`] with its other checks, shows [`BsnTick`] under its errors, and saves through [`save`], which notes what was said.

use leptos::prelude::*;
use uuid::Uuid;

use super::Icon;
use super::error_summary::Errors;
use super::field::Tick;
use crate::app::desk::{Desk, SaveError};
use crate::app::live::sometimes;
use crate::app::texts::noting as t;
use crate::domain::{Body, EntryId, Subject, bsn};

/// What one form was asked about, and what its writer said. A handle.
#[derive(Clone, Copy)]
pub struct Guard {
    found: RwSignal<Vec<String>>,
    says: RwSignal<bool>,
}

impl Guard {
    /// Nothing was asked yet.
    #[must_use]
    pub fn new() -> Self {
        Self { found: RwSignal::default(), says: RwSignal::default() }
    }

    /// What is wrong with the texts of these fields. What its writer said of one number says nothing of another.
    #[must_use]
    pub fn check(self, texts: &[(&'static str, &str)]) -> Errors {
        let said = if self.says.get_untracked() { self.found.get_untracked() } else { Vec::new() };
        let found = texts.iter().flat_map(|(id, text)| bsn::all(text).into_iter().map(|number| (*id, number.to_owned())));
        let found: Vec<(&'static str, String)> = found.collect();
        let errors: Errors = found
            .iter()
            .filter(|(_, number)| !said.contains(number))
            .map(|(id, number)| (*id, t::could_be_bsn(number)))
            .collect();
        if !errors.is_empty() {
            self.says.set(false);
        }
        self.found.set(found.into_iter().map(|(_, number)| number).collect());
        errors
    }
}

impl Default for Guard {
    fn default() -> Self {
        Self::new()
    }
}

/// "Dit is geen BSN": there as soon as a form was stopped by one.
#[component]
pub fn BsnTick(
    /// Whose.
    guard: Guard,
) -> impl IntoView {
    sometimes(move || {
        guard.found.with(|found| !found.is_empty()).then(|| {
            view! {
                <div class="banner banner--warn">
                    <Icon name="question"/>
                    <div>
                        <p>{t::bsn_why()}</p>
                        <Tick label=t::not_bsn() value=guard.says/>
                    </div>
                </div>
            }
        })
    })
}

/// Saves what a form says. Where a number in it could be a BSN, its writer said that it is none: that stands in the journal beside it.
///
/// # Errors
/// As [`Desk::save`].
pub async fn save(desk: &Desk, bodies: Vec<(Subject, Body)>) -> Result<Vec<EntryId>, SaveError> {
    let count = bodies.len();
    let mut all: Vec<(EntryId, Subject, Body)> =
        bodies.into_iter().map(|(subject, body)| (EntryId(Uuid::now_v7()), subject, body)).collect();
    let notes: Vec<_> =
        all.iter().filter_map(|(id, subject, body)| Some((EntryId(Uuid::now_v7()), *subject, bsn::note(*id, body)?))).collect();
    all.extend(notes);
    let mut ids = desk.save_as(all).await?;
    ids.truncate(count);
    Ok(ids)
}
