//! Whether the browser may clear what is on this phone when the phone fills up.

use std::cell::Cell;

use leptos::prelude::window;
use wasm_bindgen_futures::JsFuture;

use super::preferences;

thread_local! {
    // So that only the first save of a run looks at the preferences.
    static LOOKED: Cell<bool> = const { Cell::new(false) };
}

/// Whether it is kept; nothing when this browser can't say.
pub async fn persisted() -> Option<bool> {
    let answer = window().navigator().storage().persisted().ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}

/// Asks for it, and gives the answer. Some browsers ask the person.
pub async fn persist() -> Option<bool> {
    let answer = window().navigator().storage().persist().ok()?;
    JsFuture::from(answer).await.ok()?.as_bool()
}

/// How many bytes are in use; nothing when this browser can't say.
pub async fn usage() -> Option<f64> {
    estimate().await?.0
}

/// Whether little room is left: less than a tenth of what the browser gives, or so little that a few pages fill it.
pub async fn almost_full() -> bool {
    const FEW_PAGES: f64 = 2_000_000.0;
    let Some((Some(used), Some(quota))) = estimate().await else { return false };
    quota - used < FEW_PAGES || used > 0.9 * quota
}

/// Bytes in use, and how many there may be.
async fn estimate() -> Option<(Option<f64>, Option<f64>)> {
    let answer = window().navigator().storage().estimate().ok()?;
    let estimate = JsFuture::from(answer).await.ok()?;
    let read = |name: &str| js_sys::Reflect::get(&estimate, &name.into()).ok()?.as_f64();
    Some((read("usage"), read("quota")))
}

/// What is saved in this run is nothing to keep for good.
pub fn do_not_ask() {
    LOOKED.set(true);
}

/// Asks once, after the first save on this phone: then there is something to keep. Never again by itself.
pub fn ask_once() {
    if LOOKED.replace(true) {
        return;
    }
    let asked = preferences::read();
    if !asked.asked_to_keep {
        preferences::keep(&preferences::Preferences { asked_to_keep: true, ..asked });
        leptos::task::spawn_local(async {
            // The answer is shown under "Versturen".
            let _ = persist().await;
        });
    }
}
