//! What the form holds, how it is kept half-finished, and what it asks.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::app::components::bsn::Guard;
use crate::app::components::choice::{chosen, index};
use crate::app::components::error_summary::Errors;
use crate::app::texts::referring as t;
use crate::app::when;
use crate::domain::EntryId;
use crate::domain::body::{Agreed, AgreedBy, Concern, Ground, Party, Referral};
use crate::domain::referring::{self, At};

/// The words of one's own, the last of [`t::WORDS`].
const OWN_WORD: usize = 3;

/// What is kept of a form that is not finished.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Half {
    party: Option<Party>,
    agrees: Option<usize>,
    by: Option<AgreedBy>,
    word: Option<usize>,
    own_word: String,
    on: String,
    interpreter: String,
    ground: Option<Ground>,
    shared: String,
    own_text: bool,
}

#[derive(Clone, Copy)]
pub struct Form {
    pub party: RwSignal<Vec<usize>>,
    /// The parties that can be asked here.
    pub parties: StoredValue<Vec<Party>>,
    pub agrees: RwSignal<Vec<usize>>,
    pub by: RwSignal<Vec<usize>>,
    pub word: RwSignal<Vec<usize>>,
    pub own_word: RwSignal<String>,
    pub on: RwSignal<String>,
    pub interpreter: RwSignal<String>,
    pub ground: RwSignal<Vec<usize>>,
    pub shared: RwSignal<String>,
    /// Somebody changed the text: what is proposed for another party does not replace it.
    pub own_text: RwSignal<bool>,
    pub guard: Guard,
}

impl Form {
    pub fn new(parties: Vec<Party>) -> Self {
        let form = Self {
            parties: StoredValue::new(parties),
            party: RwSignal::default(),
            agrees: RwSignal::default(),
            by: RwSignal::default(),
            word: RwSignal::default(),
            own_word: RwSignal::default(),
            on: RwSignal::default(),
            interpreter: RwSignal::default(),
            ground: RwSignal::default(),
            shared: RwSignal::default(),
            own_text: RwSignal::default(),
            guard: Guard::new(),
        };
        form.fill(Half::default());
        form
    }

    pub fn fill(self, half: Half) {
        self.party.set(self.parties.with_value(|parties| index(parties, half.party.as_ref())));
        self.agrees.set(half.agrees.into_iter().collect());
        self.by.set(index(AgreedBy::ALL, half.by.or(Some(AgreedBy::Resident)).as_ref()));
        self.word.set(half.word.into_iter().collect());
        self.own_word.set(half.own_word);
        self.on.set(if half.on.is_empty() { when::today().to_string() } else { half.on });
        self.interpreter.set(half.interpreter);
        self.ground.set(index(Ground::ALL, half.ground.as_ref()));
        self.own_text.set(half.own_text);
        self.shared.set(half.shared);
    }

    pub fn half(self) -> Half {
        untrack(|| Half {
            party: self.party(),
            agrees: self.agrees.with(|agrees| agrees.first().copied()),
            by: chosen(AgreedBy::ALL, self.by),
            word: self.word.with(|word| word.first().copied()),
            own_word: self.own_word.get(),
            on: self.on.get(),
            interpreter: self.interpreter.get(),
            ground: chosen(Ground::ALL, self.ground),
            shared: self.shared.get(),
            own_text: self.own_text.get(),
        })
    }

    pub fn party(self) -> Option<Party> {
        self.parties.with_value(|parties| chosen(parties, self.party))
    }

    /// The resident agrees, or does not; nothing before that was said.
    pub fn agrees(self) -> Option<bool> {
        self.agrees.with(|agrees| agrees.first().map(|at| *at == 0))
    }

    pub fn is_own_word(self) -> bool {
        self.word.with(|word| word.contains(&OWN_WORD))
    }

    /// What is asked, or what is wrong with it.
    pub fn read(self, of: EntryId, concern: &Concern) -> Result<Referral, Errors> {
        let half = self.half();
        let mut errors = Errors::new();
        if half.party.is_none() {
            errors.push(("bij-wie", t::choose_party().to_owned()));
        }
        let word = match half.word {
            Some(OWN_WORD) => half.own_word.trim().to_owned(),
            Some(at) => t::WORDS.get(at).copied().unwrap_or_default().to_owned(),
            None => String::new(),
        };
        let today = when::today();
        let agreed = (half.agrees == Some(0)).then(|| Agreed {
            by: half.by.unwrap_or(AgreedBy::Resident),
            word,
            on: half.on.parse().unwrap_or(today),
            interpreter: half.interpreter.trim().to_owned(),
        });
        let referral = Referral {
            of,
            party: half.party.unwrap_or(Party::DistrictTeam),
            shared: half.shared.trim().to_owned(),
            ground: half.ground.filter(|_| half.agrees == Some(1)),
            agreed,
        };
        errors.extend(referring::check(&referral, concern, today).into_iter().map(|(at, why)| {
            let id = match at {
                At::Agreement if half.agrees == Some(1) => "grond",
                At::Agreement => "toestemming",
                At::Word if half.word == Some(OWN_WORD) => "eigen-woord",
                At::Word => "woord",
                At::On => "op-dag",
                At::Interpreter => "tolk",
                At::Shared => "delen",
            };
            (id, t::wrong(at, why).to_owned())
        }));
        let (own, interpreter) = (half.own_word.as_str(), half.interpreter.as_str());
        errors.extend(self.guard.check(&[("eigen-woord", own), ("tolk", interpreter), ("delen", &referral.shared)]));
        if errors.is_empty() { Ok(referral) } else { Err(errors) }
    }
}
