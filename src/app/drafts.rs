//! A form that is not finished, kept sealed at every stroke: the latest wins, writes never overtake each other.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use serde::Serialize;

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
        let Ok(form) = serde_json::to_vec(form) else { return };
        self.0.next.replace(Some(form));
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
        leptos::task::spawn_local(async move {
            loop {
                let form = inner.next.borrow_mut().take();
                if let Some(form) = form {
                    // What can't be kept is still on the screen; saving will say what is wrong with the phone.
                    let _ = inner.desk.keep_draft(&inner.name, &form).await;
                } else if inner.done.replace(false) {
                    inner.desk.drop_draft(&inner.name).await;
                } else {
                    break;
                }
            }
            inner.busy.set(false);
        });
    }
}
