//! The screens, one a file, and who sees which.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::domain::Role;

use super::language::Chosen;
use super::live::{derive, live};
use super::paths::Path;
use super::phone::{Phone, Stage, use_desk, use_phone};
use super::pieces::{self, Piece};
use super::route::{complete_links, use_path};

mod by_finger;
mod card;
mod committee;
mod concern;
mod contact;
mod door;
mod doors;
mod drafts;
mod enrol;
mod gesture;
mod guarded;
mod handover;
mod help;
mod inbox;
mod knowing;
mod my_day;
mod note;
mod outbox;
mod place;
mod practice;
mod referral;
mod search;
mod settings;
mod showing;
mod sign_in;
mod tie;
mod tiles;
mod today;
mod unlock;
mod users;

pub use drafts::Unfinished;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let phone = Phone::start();
    provide_context(phone);
    Chosen::provide();
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
    pieces::fetch_the_rest();
    view! {
        <Router>
            <Gate/>
        </Router>
    }
}

/// What is behind the lock is only there while an account is open; the address stays, so opening leads back to it.
#[component]
fn Gate() -> impl IntoView {
    let phone = use_phone();
    let path = use_path();
    let language = expect_context::<Chosen>();
    complete_links();
    // Only a change of stage or screen builds anew; what happens inside one does not.
    let open = derive(move || {
        phone.stage.with(|stage| match stage {
            Stage::Starting => None,
            Stage::Closed => Some(false),
            Stage::Open(_) => Some(true),
        })
    });
    let screen = derive(move || path.get().map(Path::screen));
    live(move || {
        language.track();
        match open.get() {
            None => ().into_any(),
            Some(false) => outside(phone, screen.get()),
            Some(true) => inside(screen.get()),
        }
    })
}

fn outside(phone: Phone, screen: Option<Path>) -> AnyView {
    match screen {
        Some(Path::SignIn) => view! { <sign_in::Page/> }.into_any(),
        Some(screen @ (Path::Practice | Path::Enrol)) => pieces::screen(Piece::Work, screen),
        _ if phone.known.with(|known| !known.is_empty()) => view! { <unlock::Page/> }.into_any(),
        _ => view! { <sign_in::Page/> }.into_any(),
    }
}

// An address that is none of ours leads to the start: nothing is lost by it.
fn inside(screen: Option<Path>) -> AnyView {
    match screen {
        None | Some(Path::Today | Path::Enrol | Path::SignIn | Path::Unlock) => view! { <Start/> }.into_any(),
        Some(screen @ (Path::Inbox | Path::InboxEntry(_) | Path::Users | Path::Committee)) => {
            pieces::screen(Piece::Office, screen)
        }
        Some(screen) => pieces::screen(Piece::Work, screen),
    }
}

/// A worker's other screens.
pub fn work(screen: Path) -> AnyView {
    match screen {
        Path::Doors => view! { <doors::Page/> }.into_any(),
        Path::Note => view! { <note::Page/> }.into_any(),
        Path::NoteAt(place) => view! { <tiles::Page place/> }.into_any(),
        Path::Door(place) | Path::DoorSaved(place, _) | Path::Place(place) => view! { <door::Page place/> }.into_any(),
        Path::Met(place) => view! { <place::met::Page place/> }.into_any(),
        Path::Household(household) => view! { <place::household::Page household/> }.into_any(),
        Path::Knowing(place) => view! { <knowing::Page place/> }.into_any(),
        Path::Contact(place) => view! { <contact::Page place of=None/> }.into_any(),
        Path::Complete(place, entry) => view! { <contact::Page place of=Some(entry)/> }.into_any(),
        Path::Concern(place) => view! { <guarded::Worry place/> }.into_any(),
        Path::Reword(place, of) => view! { <concern::reword::Page place of/> }.into_any(),
        Path::Apart => view! { <guarded::Index/> }.into_any(),
        Path::ApartIn(journal) => view! { <guarded::File journal/> }.into_any(),
        Path::Activity(place) => view! { <contact::Page place of=None activity=true/> }.into_any(),
        Path::Referral(place, of) => view! { <referral::Page place of/> }.into_any(),
        Path::Gesture(place) => view! { <gesture::Page place/> }.into_any(),
        Path::Tie(place) => view! { <tie::Page place/> }.into_any(),
        Path::Drafts => view! { <drafts::Page/> }.into_any(),
        Path::Showing(place) => view! { <showing::Page place/> }.into_any(),
        Path::Card(place) => view! { <card::Page place/> }.into_any(),
        Path::Search => view! { <search::Page/> }.into_any(),
        Path::Practice => view! { <practice::Page/> }.into_any(),
        Path::Enrol => view! { <enrol::Page/> }.into_any(),
        Path::Outbox => view! { <outbox::Page/> }.into_any(),
        Path::Settings => view! { <settings::Page/> }.into_any(),
        Path::MyDay => view! { <my_day::Page/> }.into_any(),
        Path::Handover => view! { <handover::Page/> }.into_any(),
        Path::Help => view! { <help::Page/> }.into_any(),
        Path::ByFinger => view! { <by_finger::Page/> }.into_any(),
        _ => ().into_any(),
    }
}

/// The screens at a desk.
pub fn office(screen: Path) -> AnyView {
    match screen {
        Path::Inbox | Path::InboxEntry(_) => view! { <inbox::Page/> }.into_any(),
        Path::Users => view! { <users::Page/> }.into_any(),
        Path::Committee => view! { <committee::Page/> }.into_any(),
        _ => ().into_any(),
    }
}

/// Where each role starts.
#[component]
fn Start() -> impl IntoView {
    match use_desk().me.with_untracked(|me| me.role) {
        Role::Worker => view! { <today::Page/> }.into_any(),
        Role::Supervisor => inside(Some(Path::Inbox)),
        Role::Administrator => inside(Some(Path::Users)),
        Role::Committee => inside(Some(Path::Committee)),
    }
}
