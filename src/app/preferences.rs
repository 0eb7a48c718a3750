//! What the phone remembers without a key: how things look, and which neighbourhood was last open. Nothing personal.

use gloo_storage::{LocalStorage, Storage as _};
use serde::{Deserialize, Serialize};

use crate::domain::JournalId;

const KEY: &str = "waakvlam";

/// How the owner of this phone likes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Whether the screen speaks English.
    pub english: bool,
    /// "light", "dark", or nothing for what the phone says.
    pub theme: Option<String>,
    /// 100, 125, 150 or 200 percent.
    pub text_size: u16,
    /// Minutes without a touch after which the phone locks itself.
    pub lock_minutes: u32,
    /// The neighbourhood that was open last.
    pub neighbourhood: Option<JournalId>,
    /// The browser was asked once to keep what is on this phone.
    pub asked_to_keep: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self { english: false, theme: None, text_size: 100, lock_minutes: 5, neighbourhood: None, asked_to_keep: false }
    }
}

/// Reads them; what can't be read is as at first.
#[must_use]
pub fn read() -> Preferences {
    if there() { LocalStorage::get(KEY).unwrap_or_default() } else { Preferences::default() }
}

/// Whether this browser lets sites keep anything: where not, to ask is an error, of which `gloo` makes a panic.
fn there() -> bool {
    leptos::prelude::window().local_storage().is_ok_and(|storage| storage.is_some())
}

/// Keeps them. A phone that refuses (a private window) goes on without.
pub fn keep(preferences: &Preferences) {
    if there() {
        let _ = LocalStorage::set(KEY, preferences);
    }
    apply();
}

/// Makes the page look so.
pub fn apply() {
    let preferences = read();
    super::language::speak(preferences.english);
    let Some(root) = leptos::prelude::document().document_element() else { return };
    let _ = match preferences.theme.as_deref() {
        Some(theme @ ("light" | "dark")) => root.set_attribute("data-theme", theme),
        _ => root.remove_attribute("data-theme"),
    };
    let _ = root.set_attribute("lang", super::language::code());
    let _ = match preferences.text_size {
        125 | 150 | 200 => root.set_attribute("data-text", &preferences.text_size.to_string()),
        _ => root.remove_attribute("data-text"),
    };
}
