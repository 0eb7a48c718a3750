//! What stands around every screen: the bar with the state of sending above, the main act and the menu below.

use std::rc::Rc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::act::Button;
use super::pill::Pill;
use super::{Icon, Notice};
use crate::app::language::{self, Chosen};
use crate::app::live::sometimes;
use crate::app::paths::Path;
use crate::app::phone::{use_desk, use_phone};
use crate::app::pieces;
use crate::app::texts::{day, sending, trouble, worker};
use crate::domain::Role;

/// Moves focus to the page and sets the title: a route change is announced and seen.
pub fn arrive(title: &str) {
    document().set_title(&format!("{title} · Waakvlam"));
    request_animation_frame(|| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
        focus("main");
    });
}

/// Moves focus to the element with this id, if it is there.
pub fn focus(id: &str) {
    use wasm_bindgen::JsCast as _;
    if let Some(element) = document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

struct Tab {
    path: Path,
    icon: &'static str,
    name: &'static str,
}

fn tabs(role: Role) -> Vec<Tab> {
    let today = Tab { path: Path::Today, icon: "house", name: worker::today() };
    let doors = Tab { path: Path::Doors, icon: "door", name: worker::doors_words() };
    let outbox = Tab { path: Path::Outbox, icon: "send", name: sending::title_words() };
    let inbox = Tab { path: Path::Inbox, icon: "inbox", name: worker::inbox() };
    let users = Tab { path: Path::Users, icon: "users", name: worker::users() };
    let more = Tab { path: Path::Settings, icon: "settings", name: day::more() };
    match role {
        Role::Worker => vec![today, doors, outbox, more],
        Role::Supervisor => vec![inbox, doors, outbox, more],
        Role::Administrator => vec![users, more],
        Role::Committee => Vec::new(),
    }
}

/// The signed-in shell. `act` is the one main act of the page (at the thumb); `focus` hides the menu on a phone.
#[component]
pub fn Shell(
    /// The title of the document.
    title: &'static str,
    /// Uses the whole width of a desk.
    #[prop(optional)]
    wide: bool,
    /// Hides the menu on a phone: tiles and forms.
    #[prop(optional)]
    focused: bool,
    /// The one main act.
    #[prop(optional, into)]
    act: ViewFn,
    children: Children,
) -> impl IntoView {
    let phone = use_phone();
    let desk = use_desk();
    let status = phone.open_status();
    let (stranded, store) = (Rc::clone(desk.stranded()), Rc::clone(desk.store()));
    let here = use_location().pathname;
    let role = desk.me.with_untracked(|me| me.role);
    arrive(title);
    let menu = tabs(role)
        .into_iter()
        .enumerate()
        .map(|(i, tab)| {
            let href = tab.path.to_string();
            let current = {
                let href = href.clone();
                // The first of the menu is where the role starts.
                move || here.with(|here| *here == href || (i == 0 && here == "/")).then_some("page")
            };
            let count = sometimes(move || {
                let waiting = status.map_or(0, |status| status.with(|status| status.waiting + status.set_aside));
                (tab.path == Path::Outbox && waiting > 0).then(|| view! { " " <span class="tabs__count">{waiting}</span> })
            });
            view! {
                <a class="tabs__link" href=href aria-current=current>
                    <Icon name=tab.icon/>
                    <span>{tab.name}{count}</span>
                </a>
            }
        })
        .collect_view();
    view! {
        <div class="app">
            <a class="skip" href="#main">{worker::to_content()}</a>
            <header class="bar">
                <a class="bar__brand" href="/"><Icon name="flame"/><span>"Waakvlam"</span></a>
                <div class="bar__state" role="status">{status.map(|status| view! { <Pill status/> })}</div>
                // public/cover.js does it.
                <button class="button button--icon" type="button" aria-label=worker::cover() data-cover><Icon name="cover"/></button>
                <button class="button button--icon" type="button" aria-label=worker::lock() on:click=move |_| phone.lock()>
                    <Icon name="lock"/>
                </button>
            </header>
            <main class=if wide { "page page--wide" } else { "page" } id="main" tabindex="-1">
                {pieces::notices()}
                {children()}
                {(role == Role::Committee).then(|| view! { <update-banner></update-banner> })}
            </main>
            {pieces::way_out(stranded, store)}
            // The committee has one page, and so no menu.
            {(role != Role::Committee).then(|| view! {
                <footer class=if focused { "foot foot--focus" } else { "foot" }>
                    <update-banner></update-banner>
                    {act.run()}
                    <nav class="tabs" aria-label=worker::menu()>{menu}</nav>
                </footer>
            })}
        </div>
    }
}

/// The page that a resident can be shown: what is written down and who reads it. A file of its own, which needs neither an account
/// nor the app; `beside` opens it beside the app, which stays unlocked.
#[component]
pub fn Explanation(
    /// Opens it beside the app.
    #[prop(optional)]
    beside: bool,
) -> impl IntoView {
    view! {
        <p class="no-print">
            <a class="back" href="/uitleg" rel="external" target=beside.then_some("_blank")>
                <Icon name="question"/>{worker::explanation()}
            </a>
        </p>
    }
}

/// The shell of who is not (or not yet) inside.
#[component]
pub fn Welcome(
    /// The title of the document.
    title: &'static str,
    children: Children,
) -> impl IntoView {
    let phone = use_phone();
    arrive(title);
    view! {
        <div class="welcome">
            <header class="welcome__side">
                <img class="welcome__mark" src="/icons/favicon.svg" alt=""/>
                <div>
                    <p class="welcome__name">"Waakvlam"</p>
                    <p class="welcome__line">{worker::slogan()}</p>
                </div>
            </header>
            <main class="page" id="main" tabindex="-1">
                {sometimes(move || phone.keeps_nothing.get().then(|| view! {
                    <Notice kind="error" icon="alert" title=trouble::nothing_kept()><p>{trouble::nothing_kept_do()}</p></Notice>
                }))}
                {children()}
            </main>
        </div>
    }
}

/// For who reads the other language more easily, before there is a screen with settings. Draws the screen anew: not where something
/// was drawn or typed that must stay.
#[component]
pub fn OtherLanguage() -> impl IntoView {
    let chosen = expect_context::<Chosen>();
    let (code, words) = language::either(("en", "In English, please"), ("nl", "Liever in het Nederlands"));
    view! { <p lang=code><Button class="back" icon="chat" words press=move || chosen.choose(!language::english())/></p> }
}
