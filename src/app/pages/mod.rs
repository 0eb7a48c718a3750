//! The screens, one a file, and who sees which.

use leptos::prelude::*;
use leptos_router::components::{Route, Router, Routes};
use leptos_router::hooks::{use_location, use_params_map};
use leptos_router::path;

use crate::domain::{EntryId, PlaceId, Role};

use super::phone::{Phone, Stage, use_desk, use_phone};

mod committee;
mod concern;
mod contact;
mod door;
mod doors;
mod enrol;
mod inbox;
mod note;
mod outbox;
mod sign_in;
mod tiles;
mod today;
mod unlock;
mod users;

/// The whole app.
#[component]
pub fn App() -> impl IntoView {
    let phone = Phone::start();
    provide_context(phone);
    if let Some(boot) = document().get_element_by_id("boot") {
        boot.remove();
    }
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
    let location = use_location();
    // Only a change of stage builds the screens anew; what happens inside one does not.
    let kind = Memo::new(move |_| {
        phone.stage.with(|stage| match stage {
            Stage::Starting => 0,
            Stage::Closed => 1,
            Stage::Open(_) => 2,
        })
    });
    move || match kind.get() {
        0 => ().into_any(),
        1 => {
            let path = location.pathname;
            let has_accounts = move || phone.known.with(|known| !known.is_empty());
            view! {
                {move || match path.get().as_str() {
                    "/aanmelden" => view! { <enrol::Page/> }.into_any(),
                    "/inloggen" => view! { <sign_in::Page/> }.into_any(),
                    _ if has_accounts() => view! { <unlock::Page/> }.into_any(),
                    _ => view! { <sign_in::Page/> }.into_any(),
                }}
            }
            .into_any()
        }
        _ => view! { <Inside/> }.into_any(),
    }
}

#[component]
fn Inside() -> impl IntoView {
    view! {
        <Routes fallback=|| view! { <Start/> }>
            <Route path=path!("/") view=Start/>
            <Route path=path!("/deuren") view=doors::Page/>
            <Route path=path!("/noteren") view=note::Page/>
            <Route path=path!("/noteren/:place") view=|| with_place(|place| view! { <tiles::Page place/> }.into_any())/>
            <Route path=path!("/deur/:place") view=|| with_place(|place| view! { <door::Page place/> }.into_any())/>
            <Route path=path!("/deur/:place/contact") view=|| with_place(|place| view! { <contact::Page place of=None/> }.into_any())/>
            <Route
                path=path!("/deur/:place/contact/:entry")
                view=|| with_place(|place| view! { <contact::Page place of=entry_in_path()/> }.into_any())
            />
            <Route path=path!("/deur/:place/zorgen") view=|| with_place(|place| view! { <concern::Page place/> }.into_any())/>
            <Route path=path!("/versturen") view=outbox::Page/>
            <Route path=path!("/binnengekomen/:entry?") view=inbox::Page/>
            <Route path=path!("/gebruikers") view=users::Page/>
            <Route path=path!("/buurt") view=committee::Page/>
        </Routes>
    }
}

/// Where each role starts.
#[component]
fn Start() -> impl IntoView {
    match use_desk().me.with_untracked(|me| me.role) {
        Role::Worker => view! { <today::Page/> }.into_any(),
        Role::Supervisor => view! { <inbox::Page/> }.into_any(),
        Role::Administrator => view! { <users::Page/> }.into_any(),
        Role::Committee => view! { <committee::Page/> }.into_any(),
    }
}

// An address with an id that is none leads to the start: nothing is lost by it. The page is built anew for each place.
fn with_place(page: fn(PlaceId) -> AnyView) -> impl IntoView {
    let params = use_params_map();
    let place = Memo::new(move |_| params.with(|params| params.get_str("place").and_then(|id| id.parse::<PlaceId>().ok())));
    move || place.get().map_or_else(|| view! { <Start/> }.into_any(), page)
}

fn entry_in_path() -> Option<EntryId> {
    use_params_map().with_untracked(|params| params.get_str("entry").and_then(|id| id.parse().ok()))
}
