//! What every form that is written over some time has: it is kept at each stroke, found again, and saved once.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::act::Button;
use super::error_summary;
use super::{Icon, bsn};
use crate::app::desk::{Desk, SaveError};
use crate::app::drafts::Draft;
use crate::app::live::{derive, sometimes};
use crate::app::paths::Path;
use crate::app::phone::use_desk;
use crate::app::texts::{faults, noting as t, worker};
use crate::domain::noting::{self, Begun};
use crate::domain::{Body, EntryId, Subject, json};

/// A form that is kept at each stroke. A handle.
#[derive(Clone, Copy)]
pub struct Kept {
    draft: StoredValue<Draft, LocalStorage>,
    restored: RwSignal<bool>,
    keep: UnsyncCallback<()>,
    again: UnsyncCallback<()>,
}

impl Kept {
    /// Finds what lies half-written under this name. The name holds the id of the place, so that the draft goes when what it is about
    /// is erased. `first` is the form as it starts.
    pub fn begin<H: Clone + Serialize + DeserializeOwned + 'static>(
        desk: &Desk,
        name: String,
        first: H,
        fill: impl Fn(H) + Copy + 'static,
        half: impl Fn() -> H + 'static,
    ) -> Self {
        let draft = Draft::new(desk.clone(), name.clone());
        let (restored, touched) = (RwSignal::new(false), StoredValue::new(false));
        let found = desk.clone();
        leptos::task::spawn_local(async move {
            let half = found.draft(&name).await.and_then(|half| json::read::<H>(&half).ok());
            // Somebody who is typing already is not interrupted.
            if let (Some(half), Some(false)) = (half, touched.try_get_value()) {
                fill(half);
                restored.set(true);
            }
        });
        let (keeps, drops) = (draft.clone(), draft.clone());
        let keep = UnsyncCallback::new(move |()| {
            touched.set_value(true);
            keeps.keep(&half());
        });
        let again = UnsyncCallback::new(move |()| {
            drops.drop();
            fill(first.clone());
            restored.set(false);
        });
        Self { draft: StoredValue::new_local(draft), restored, keep, again }
    }

    /// A stroke.
    pub fn keep(self) {
        self.keep.run(());
    }

    /// Goes on as another form under the same name.
    pub fn keep_as(self, other: &impl Serialize) {
        self.draft.with_value(|draft| draft.keep(other));
    }

    /// It was saved.
    pub fn done(self) {
        self.draft.try_with_value(Draft::drop);
        self.restored.try_set(false);
    }

    /// Whether the part of a screen that it stands in is open: from when it went on where somebody was.
    pub fn opened(self) -> RwSignal<bool> {
        let open = RwSignal::new(false);
        Effect::new(move |_| {
            if self.restored.get() {
                open.set(true);
            }
        });
        open
    }
}

/// Says that the form goes on where somebody was, and offers to begin again.
#[component]
pub fn WentOn(
    /// Which form.
    kept: Kept,
) -> impl IntoView {
    sometimes(move || {
        kept.restored.get().then(|| {
            view! {
                <div class="banner banner--info" role="status">
                    <Icon name="edit"/>
                    <div>
                        <p>{worker::went_on()}</p>
                        <Button words=worker::begin_again() press=move || kept.again.run(())/>
                    </div>
                </div>
            }
        })
    })
}

/// Saves a form once, however often it is sent, and goes to where it stands then. A handle.
#[derive(Clone, Copy)]
pub struct Saver {
    desk: StoredValue<Desk, LocalStorage>,
    fault: RwSignal<Option<String>>,
    busy: StoredValue<bool>,
    navigate: StoredValue<Navigate, LocalStorage>,
}

type Navigate = std::rc::Rc<dyn Fn(&str, NavigateOptions)>;

impl Saver {
    /// One for this screen. What goes wrong is said in `fault`.
    #[must_use]
    pub fn new(desk: Desk, fault: RwSignal<Option<String>>) -> Self {
        let navigate: Navigate = std::rc::Rc::new(use_navigate());
        let (desk, navigate) = (StoredValue::new_local(desk), StoredValue::new_local(navigate));
        Self { desk, fault, busy: StoredValue::new(false), navigate }
    }

    /// Saves, throws the draft away, and goes to `to`. While one save is under way another means nothing.
    pub fn save(self, bodies: Vec<(Subject, Body)>, kept: Kept, to: impl FnOnce(&[EntryId]) -> Path + 'static) {
        if self.busy.get_value() {
            return;
        }
        self.busy.set_value(true);
        self.fault.set(None);
        let (desk, navigate) = (self.desk.get_value(), self.navigate.get_value());
        leptos::task::spawn_local(async move {
            match bsn::save(&desk, bodies).await {
                Ok(ids) => {
                    kept.done();
                    navigate(&to(&ids).to_string(), NavigateOptions { replace: true, ..Default::default() });
                }
                Err(why) => self.refuse(&why),
            }
            self.busy.try_update_value(|busy| *busy = false);
        });
    }

    fn refuse(self, why: &SaveError) {
        self.say(faults::save(why));
    }

    /// Says why nothing was saved; what was typed stands there still.
    pub fn say(self, why: String) {
        self.fault.set(Some(why));
        error_summary::to_top();
    }
}

/// Says what changed since a form was begun, and where what is written goes.
#[component]
pub fn Meanwhile(
    /// What it was begun about.
    begun: Signal<Begun>,
) -> impl IntoView {
    let overview = use_desk().overview;
    let said = derive(move || {
        overview.with(|overview| {
            noting::meanwhile(&overview.caseload, begun.get()).map(|change| match change {
                noting::Meanwhile::Replaced(door) => t::replaced(&overview.caseload.place_name(door)),
                noting::Meanwhile::Ended(_, why) => t::ended(why),
                noting::Meanwhile::Hidden => t::hidden().to_owned(),
                noting::Meanwhile::LeftAlone => t::left_alone().to_owned(),
            })
        })
    });
    view! {
        <div role="status">
            {sometimes(move || said.get().map(|said| view! { <div class="banner banner--warn"><Icon name="alert"/><div><p>{said}</p></div></div> }))}
        </div>
    }
}
