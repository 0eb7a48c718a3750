//! A form that is not finished, kept sealed at every stroke: the latest wins, writes never overtake each other.
//!
//! A form with a draft says `data-draft`. While one is on its way to the disk the root element says `data-keeping`, and
//! `data-unkept` when the phone refused it: so `public/update.js` knows when loading the app again costs nobody a word.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use chrono::{DateTime, Utc};
use leptos::prelude::document;
use serde::{Deserialize, Serialize};

use super::desk::Desk;

struct Inner {
    desk: Desk,
    name: String,
    next: RefCell<Option<Vec<u8>>>,
    busy: Cell<bool>,
    done: Cell<bool>,
}

/// The draft of one form. A handle.
#[derive(Clone)]
pub struct Draft(Rc<Inner>);

impl Draft {
    /// The draft with this name.
    #[must_use]
    pub fn new(desk: Desk, name: String) -> Self {
        Self(Rc::new(Inner { desk, name, next: RefCell::new(None), busy: Cell::new(false), done: Cell::new(false) }))
    }

    /// Keeps this; if a write is under way, when that is done.
    pub fn keep(&self, form: &impl Serialize) {
        // A form can be written as JSON; if it could not, it still stands on the screen.
        let Ok(form) = serde_json::to_string(form) else { return };
        self.0.next.replace(Some(dated(&form, super::desk::now())));
        self.0.done.set(false);
        self.write();
    }

    /// The form was saved or thrown away.
    pub fn drop(&self) {
        self.0.next.replace(None);
        self.0.done.set(true);
        self.write();
    }

    fn write(&self) {
        if self.0.busy.replace(true) {
            return;
        }
        let inner = Rc::clone(&self.0);
        under_way(1);
        leptos::task::spawn_local(async move {
            loop {
                let form = inner.next.borrow_mut().take();
                if let Some(form) = form {
                    // What can't be kept is still on the screen; saving will say what is wrong with the phone.
                    let kept = inner.desk.keep_draft(&inner.name, &form).await.is_ok();
                    mark("data-unkept", !kept);
                } else if inner.done.replace(false) {
                    inner.desk.drop_draft(&inner.name).await;
                    mark("data-unkept", false);
                } else {
                    break;
                }
            }
            inner.busy.set(false);
            under_way(-1);
        });
    }
}

/// A form with the moment at which it was kept, beside its own fields: what reads the form leaves it aside.
fn dated(form: &str, at: DateTime<Utc>) -> Vec<u8> {
    let Some(fields) = form.strip_prefix('{') else { return form.as_bytes().to_vec() };
    let comma = if fields.starts_with('}') { "" } else { "," };
    format!("{{\"kept_at\":\"{}\"{comma}{fields}", at.to_rfc3339()).into_bytes()
}

/// When a draft was kept last; nothing of one from before that was written down.
#[must_use]
pub fn kept_at(draft: &[u8]) -> Option<DateTime<Utc>> {
    #[derive(Deserialize)]
    struct Dated {
        kept_at: Option<DateTime<Utc>>,
    }
    crate::domain::json::read::<Dated>(draft).ok()?.kept_at
}

/// Counts the drafts that are being written.
fn under_way(more: i32) {
    thread_local! {
        static WRITES: Cell<i32> = const { Cell::new(0) };
    }
    WRITES.set(WRITES.get() + more);
    mark("data-keeping", WRITES.get() > 0);
}

fn mark(name: &str, on: bool) {
    if let Some(root) = document().document_element() {
        let _ = root.toggle_attribute_with_force(name, on);
    }
}
