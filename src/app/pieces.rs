//! The app comes in pieces, so that the first screen is there soon on a slow line.
//!
//! What a phone fetches first is signing in, opening and Vandaag. The rest is asked for as soon as that stands ([`fetch_the_rest`]): *work*,
//! every other screen of a worker and what sends and fetches her entries; and *office*, the screens at a desk, when one of them is opened.
//! The service worker keeps all pieces, so offline nothing is missing; and an account is made only on a phone that has *work* ([`fetch`]).
//!
//! A piece is a function marked [`piece!`]: what is reached through it alone lies in the piece. How the wasm is cut: `.ci/pieces.mjs`.
//! `make dev` and the tests in a browser have it in one.

// The cut is a call into another module, which is declared `unsafe extern`: the macro writes that, never we.
#![allow(unsafe_code, reason = "written by wasm_split")]

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use futures::FutureExt as _;
use leptos::prelude::*;

use super::components::act::Button;
use super::components::notice::Notice;
use super::components::shell::Shell;
use super::live::live;
use super::pages;
use super::paths::Path;
use super::syncer::{self, Start};
use super::texts::welcome as t;

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

/// A function that lies in a piece. It is async: calling it fetches the piece.
macro_rules! piece {
    ($piece:ident, fn $name:ident($arg:ident: $type:ty) -> $out:ty $body:block) => {
        #[cfg(in_pieces)]
        #[leptos::wasm_split::wasm_split($piece, wasm_split_path = ::leptos::wasm_split, fallible)]
        fn $name($arg: $type) -> Result<$out, NotThere> {
            Ok($body)
        }

        #[cfg(not(in_pieces))]
        async fn $name($arg: $type) -> Result<$out, NotThere> {
            Ok($body)
        }
    };
}

piece!(
    work,
    fn work(screen: Path) -> AnyView {
        pages::work(screen)
    }
);
piece!(
    office,
    fn office(screen: Path) -> AnyView {
        pages::office(screen)
    }
);
piece!(
    work,
    fn drive(start: Box<Start>) -> () {
        syncer::drive(*start)
    }
);
piece!(
    work,
    fn work_is_there(_nothing: ()) -> () {
        WORK.store(true, Ordering::Relaxed)
    }
);
piece!(
    office,
    fn office_is_there(_nothing: ()) -> () {
        OFFICE.store(true, Ordering::Relaxed)
    }
);

static WORK: AtomicBool = AtomicBool::new(false);
static OFFICE: AtomicBool = AtomicBool::new(false);

impl Piece {
    fn is_there(self) -> bool {
        match self {
            Self::Work => WORK.load(Ordering::Relaxed),
            Self::Office => OFFICE.load(Ordering::Relaxed),
        }
    }
}

/// Fetches a piece, if it is not there.
///
/// # Errors
/// When it can't be fetched.
pub async fn fetch(piece: Piece) -> Result<(), NotThere> {
    match piece {
        Piece::Work => work_is_there(()).await,
        Piece::Office => office_is_there(()).await,
    }
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

/// Lets an account send and fetch, as soon as that piece is there. What is saved meanwhile waits in its outbox.
pub fn start_syncer(start: Start) {
    leptos::task::spawn_local(async move {
        fetch_at_last(Piece::Work).await;
        // It is there, so this calls it.
        let _ = drive(Box::new(start)).await;
    });
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
    let shown = RwSignal::new(if piece.is_there() { Shown::There } else { Shown::Coming });
    let get = move || {
        shown.set(Shown::Coming);
        leptos::task::spawn_local(async move {
            let there = fetch(piece).await.is_ok();
            shown.try_set(if there { Shown::There } else { Shown::Missing });
        });
    };
    if shown.get_untracked() == Shown::Coming {
        get();
    }
    live(move || match shown.get() {
        // Built here and not where it was fetched: a screen belongs to the screen around it.
        Shown::There => made(piece, path).unwrap_or_else(|| ().into_any()),
        Shown::Coming => view! { <p class="subtle" role="status">{t::BUSY}</p> }.into_any(),
        Shown::Missing => view! {
            <Shell title="Waakvlam">
                <Notice kind="warn" icon="alert" title=t::PIECE_MISSING>
                    <p>{t::PIECE_WHY}</p>
                    <Button icon="sync" words=t::TRY_AGAIN press=get/>
                </Notice>
            </Shell>
        }
        .into_any(),
    })
}

/// Of a piece that is there, so it takes no waiting.
fn made(piece: Piece, path: Path) -> Option<AnyView> {
    let making: Pin<Box<dyn Future<Output = Result<AnyView, NotThere>>>> = match piece {
        Piece::Work => Box::pin(work(path)),
        Piece::Office => Box::pin(office(path)),
    };
    making.now_or_never()?.ok()
}
