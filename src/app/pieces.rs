//! The app comes in pieces, so that the first screen is there soon on a slow line.
//!
//! What a phone fetches first is signing in, opening and Vandaag. The rest is asked for as soon as that stands ([`fetch_the_rest`]): *work*,
//! every other screen of a worker, enrolling, and all that talks with the office; and *office*, the screens at a desk, when one of them is opened.
//! The service worker keeps all pieces, so offline nothing is missing; and an account is made only on a phone that has *work* ([`fetch`]).
//!
//! A piece is a function marked [`piece!`]: what is reached through it alone lies in the piece. How the wasm is cut: `.ci/pieces.mjs`.
//! `make dev` and the tests in a browser have it in one.

// The cut is a call into another module, which is declared `unsafe extern`: the macro writes that, never we.
#![allow(unsafe_code, reason = "written by wasm_split")]

use std::pin::Pin;
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;

use leptos::prelude::*;

use super::components::act::Button;
use super::components::almost_full::AlmostFull;
use super::components::answer::About;
use super::components::ask::{Ask, Words};
use super::components::fetching::Progress;
use super::components::later::{Later, PutOffButton};
use super::components::lock_elsewhere::LockElsewhere;
use super::components::notice::Notice;
use super::components::practice_bar::PracticeBar;
use super::components::shell::{Shell, Welcome};
use super::components::taken_back::TakenBack;
use super::components::way_out::WayOut;
use super::live::{live, sometimes};
use super::pages;
use super::pages::Unfinished;
use super::paths::Path;
use super::phone::{Phone, PhoneError};
use super::practice;
use super::stranded::Stranded;
use super::syncer::{self, Start};
use super::texts::welcome as t;
use crate::domain::{Body, PlaceId, Subject};
use crate::store::indexed_db::IndexedDbStore;
use crate::sync::wire::Secret;

/// How long to wait before a piece that could not be fetched is asked for again.
const AGAIN: Duration = Duration::from_secs(15);

/// A piece of the app is not on this phone, and could not be fetched.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("a piece of the app could not be fetched")]
pub struct NotThere;

impl From<leptos::wasm_split::SplitLoaderError> for NotThere {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Which piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// The screens of a worker, and what sends.
    Work,
    /// The screens at a desk.
    Office,
}

/// What the first piece knows of *work*.
struct Work {
    screen: fn(Path) -> AnyView,
    join: fn(Phone, String, String, Option<Secret>) -> Joining,
    drive: fn(Start),
    ask: fn(Words, &'static str, About, Bodies) -> AnyView,
    notices: fn() -> AnyView,
    way_out: fn(Rc<Stranded>, Rc<IndexedDbStore>) -> AnyView,
    put_off: fn(PlaceId, String) -> AnyView,
    later: fn() -> AnyView,
    unfinished: fn() -> AnyView,
}

/// Somebody is signing in.
type Joining = Pin<Box<dyn Future<Output = Result<(), PhoneError>>>>;

/// From an answer to what is written down.
pub type Bodies = Callback<String, Vec<(Subject, Body)>>;

/// What it knows of *office*.
struct Office {
    screen: fn(Path) -> AnyView,
}

static WORK: OnceLock<Work> = OnceLock::new();
static OFFICE: OnceLock<Office> = OnceLock::new();

/// A function that lies in a piece, and gives what the piece is known by. Calling it fetches the piece.
macro_rules! piece {
    ($piece:ident, fn $name:ident() -> $out:ty $body:block) => {
        #[cfg(in_pieces)]
        #[leptos::wasm_split::wasm_split($piece, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn $name() -> Result<$out, NotThere> {
            Ok($body)
        }

        #[cfg(not(in_pieces))]
        async fn $name() -> Result<$out, NotThere> {
            Ok($body)
        }
    };
}

piece!(
    work,
    fn work() -> Work {
        practice::tidy_up();
        Work {
            screen: pages::work,
            join: |phone, name, phrase, code| Box::pin(async move { phone.join(&name, &phrase, code).await }),
            drive: syncer::drive,
            ask: |words, id, about, bodies| view! { <Ask words id about bodies/> }.into_any(),
            notices: || view! { <PracticeBar/><LockElsewhere/><AlmostFull/><TakenBack/><Progress/> }.into_any(),
            way_out: |stranded, store| view! { <WayOut stranded store/> }.into_any(),
            put_off: |place, name| view! { <PutOffButton place name/> }.into_any(),
            later: || view! { <Later/> }.into_any(),
            unfinished: || view! { <Unfinished/> }.into_any(),
        }
    }
);
piece!(
    office,
    fn office() -> Office {
        Office { screen: pages::office }
    }
);

/// Fetches a piece, if it is not there.
///
/// # Errors
/// When it can't be fetched.
pub async fn fetch(piece: Piece) -> Result<(), NotThere> {
    // Two who ask at once get the same; what is there stays.
    match piece {
        Piece::Work if WORK.get().is_none() => drop(WORK.set(work().await?)),
        Piece::Office if OFFICE.get().is_none() => drop(OFFICE.set(office().await?)),
        Piece::Work | Piece::Office => {}
    }
    Ok(())
}

/// Fetches what a worker needs, behind her back; and again until it is there.
pub fn fetch_the_rest() {
    leptos::task::spawn_local(fetch_at_last(Piece::Work));
}

async fn fetch_at_last(piece: Piece) {
    while fetch(piece).await.is_err() {
        pause(AGAIN).await;
    }
}

async fn pause(time: Duration) {
    let (wake, woken) = futures::channel::oneshot::channel();
    set_timeout(
        move || {
            let _ = wake.send(());
        },
        time,
    );
    let _ = woken.await;
}

/// Makes or finds an account on this phone. What asks the office lies in *work*: so there is an account only where the whole app is, since its
/// first visit may be where there is no signal.
///
/// # Errors
/// When the piece can't be fetched; else those of signing in.
pub async fn join(phone: Phone, login_name: &str, phrase: &str, code: Option<Secret>) -> Result<(), PhoneError> {
    fetch(Piece::Work).await?;
    let work = WORK.get().ok_or(NotThere)?;
    (work.join)(phone, login_name.to_owned(), phrase.to_owned(), code).await
}

/// Lets an account send and fetch, as soon as that piece is there. What is saved meanwhile waits in its outbox.
pub fn start_syncer(start: Start) {
    leptos::task::spawn_local(async move {
        fetch_at_last(Piece::Work).await;
        if let Some(work) = WORK.get() {
            (work.drive)(start);
        }
    });
}

/// A button that asks one thing and writes the answer down, on a screen that is there first.
pub fn ask(words: Words, id: &'static str, about: About, bodies: Bodies) -> AnyView {
    late(Box::new(move |work| (work.ask)(words, id, about, bodies)))
}

/// What every shell says of the account: storage that is almost full, a neighbourhood that was taken back.
pub fn notices() -> AnyView {
    late(Box::new(|work| (work.notices)()))
}

/// Ways out for what this phone can't keep.
pub fn way_out(stranded: Rc<Stranded>, store: Rc<IndexedDbStore>) -> AnyView {
    let held = StoredValue::new_local((stranded, store));
    late(Box::new(move |work| {
        let (stranded, store) = held.get_value();
        (work.way_out)(stranded, store)
    }))
}

/// "Vandaag niet", of a place by its name.
pub fn put_off(place: PlaceId, name: String) -> AnyView {
    late(Box::new(move |work| (work.put_off)(place, name.clone())))
}

/// What was put off, and the way back.
pub fn later() -> AnyView {
    late(Box::new(|work| (work.later)()))
}

/// A line to what is not finished.
pub fn unfinished() -> AnyView {
    late(Box::new(|work| (work.unfinished)()))
}

/// A part of a first screen that lies in *work*: there as soon as that is.
fn late(make: Box<dyn Fn(&Work) -> AnyView + Send>) -> AnyView {
    if let Some(work) = WORK.get() {
        return make(work);
    }
    let there = RwSignal::new(false);
    leptos::task::spawn_local(async move {
        fetch_at_last(Piece::Work).await;
        there.try_set(true);
    });
    sometimes(move || there.get().then(|| WORK.get().map(&make)).flatten())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    Coming,
    There,
    Missing,
}

/// A screen of a piece. While that comes, and where it can't be fetched, it says so.
#[must_use]
pub fn screen(piece: Piece, path: Path) -> AnyView {
    if let Some(view) = made(piece, path) {
        return view;
    }
    let shown = RwSignal::new(Shown::Coming);
    let get = move || {
        shown.set(Shown::Coming);
        leptos::task::spawn_local(async move {
            let there = fetch(piece).await.is_ok();
            shown.try_set(if there { Shown::There } else { Shown::Missing });
        });
    };
    get();
    live(move || match shown.get() {
        // Built here and not where it was fetched: a screen belongs to the screen around it.
        Shown::There => made(piece, path).unwrap_or_else(|| ().into_any()),
        Shown::Coming => view! { <p class="subtle" role="status">{t::busy()}</p> }.into_any(),
        Shown::Missing => {
            let missing = view! {
                <Notice kind="warn" icon="alert" title=t::piece_missing()>
                    <p>{t::piece_why()}</p>
                    <div class="actions"><Button icon="sync" words=t::try_again() press=get/></div>
                </Notice>
            };
            // To practise, and with a link, nobody has to be inside.
            if matches!(path, Path::Practice | Path::Enrol) {
                view! { <Welcome title="Waakvlam">{missing}</Welcome> }.into_any()
            } else {
                view! { <Shell title="Waakvlam">{missing}</Shell> }.into_any()
            }
        }
    })
}

fn made(piece: Piece, path: Path) -> Option<AnyView> {
    let screen = match piece {
        Piece::Work => WORK.get()?.screen,
        Piece::Office => OFFICE.get()?.screen,
    };
    Some(screen(path))
}
