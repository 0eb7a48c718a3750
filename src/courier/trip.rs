//! What is known for the length of one round only: the pages that were asked for ahead, the credential to push with, whose keys were looked after.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use crate::domain::{DeviceId, JournalId};
use crate::sync::engine::{Event, Fault};
use crate::sync::held::Cursor;
use crate::sync::wire::Page;

/// So many pages are asked for while one is being stored.
const AHEAD: usize = 3;

/// An effect that is being carried out. Boxed, so that the rounds are not one state machine with every step in it.
pub type Carrying<'a> = Pin<Box<dyn Future<Output = Event> + 'a>>;

/// A page that checks, and the cursor after it; none if the server is not the one that we knew.
pub(super) type Checked = Option<(Page, Cursor)>;
/// An answer that is on its way.
pub(super) type Answer<'a> = Pin<Box<dyn Future<Output = Result<Checked, Fault>> + 'a>>;
/// Asks for the page after a cursor.
pub(super) type Ask<'a> = Rc<dyn Fn(Option<Cursor>) -> Answer<'a> + 'a>;

/// See the module. When the round is over it is dropped, and with it what nobody stored.
#[derive(Default)]
pub struct Trip<'a> {
    ahead: RefCell<Option<(JournalId, Ahead<'a>)>>,
    credential: RefCell<Option<(DeviceId, String)>>,
    keyed: RefCell<BTreeSet<JournalId>>,
}

impl<'a> Trip<'a> {
    /// The page after this cursor, if it was asked for. It counts for what is done next only: after a push it would be older than what
    /// was acknowledged meanwhile.
    pub(super) fn take_ahead(&self, journal: JournalId, cursor: Option<Cursor>) -> Option<Ahead<'a>> {
        let (of, ahead) = self.ahead.take()?;
        (of == journal && ahead.cursor == cursor).then_some(ahead)
    }

    /// Keeps it for the next pull.
    pub(super) fn keep_ahead(&self, journal: JournalId, ahead: Ahead<'a>) {
        self.ahead.replace(Some((journal, ahead)));
    }

    /// What was asked for is too old now.
    pub(super) fn forget_ahead(&self) {
        self.ahead.take();
    }

    /// What this device pushes with, if it was read.
    pub(super) fn credential(&self, device: DeviceId) -> Option<String> {
        self.credential.borrow().as_ref().filter(|(of, _)| *of == device).map(|(_, credential)| credential.clone())
    }

    /// Remembers it until something else than a push is done: it may be another one then.
    pub(super) fn keep_credential(&self, device: DeviceId, credential: &str) {
        self.credential.replace(Some((device, credential.to_owned())));
    }

    /// Whether a journal's key is still to be looked after in this round.
    pub(super) fn wants_key(&self, journal: JournalId) -> bool {
        self.keyed.borrow_mut().insert(journal)
    }

    /// It may be another one now.
    pub(super) fn forget_credential(&self) {
        self.credential.take();
    }
}

/// A page that is asked for, and those after it: each as soon as the one before it has come.
pub(super) struct Ahead<'a> {
    cursor: Option<Cursor>,
    ask: Ask<'a>,
    answer: Answer<'a>,
    come: Option<Result<Checked, Fault>>,
    /// The page after it, once it is known that there is one.
    pub(super) next: Option<Box<Self>>,
}

impl<'a> Ahead<'a> {
    pub(super) fn new(ask: Ask<'a>, cursor: Option<Cursor>) -> Self {
        Self { cursor, answer: ask(cursor), ask, come: None, next: None }
    }

    /// Does something while the answers come.
    pub(super) async fn beside<T>(&mut self, mut act: Pin<Box<dyn Future<Output = T> + '_>>) -> T {
        poll_fn(|cx| {
            self.push_on(cx, AHEAD);
            act.as_mut().poll(cx)
        })
        .await
    }

    /// The page, when it has come; what comes after it is `next`.
    pub(super) async fn come(&mut self) -> Result<Checked, Fault> {
        poll_fn(|cx| {
            self.push_on(cx, AHEAD);
            self.come.take().map_or(Poll::Pending, Poll::Ready)
        })
        .await
    }

    /// The page, if it has come already and says of nobody that they were erased.
    pub(super) fn here(&mut self) -> Option<(Page, Cursor)> {
        match self.come.take() {
            Some(Ok(Some((page, after)))) if page.erased.is_empty() => Some((page, after)),
            other => {
                self.come = other;
                None
            }
        }
    }

    fn push_on(&mut self, cx: &mut Context<'_>, ahead: usize) {
        if self.come.is_none()
            && let Poll::Ready(come) = self.answer.as_mut().poll(cx)
        {
            if let Ok(Some((page, after))) = &come
                && page.head > after.seq
            {
                self.next = Some(Box::new(Self::new(Rc::clone(&self.ask), Some(*after))));
            }
            self.come = Some(come);
        }
        if ahead > 0
            && let Some(next) = &mut self.next
        {
            next.push_on(cx, ahead - 1);
        }
    }
}
