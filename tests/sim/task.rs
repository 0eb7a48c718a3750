//! A process's tasks, polled by hand. A process that dies is dropped where it stands.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::ctl::{Ctl, Point};

/// One process (a tab): whether it is dying, and whether it has something to do.
#[derive(Clone, Default)]
pub struct Dying(Rc<Flags>);

#[derive(Default)]
struct Flags {
    dead: Cell<bool>,
    woken: Cell<bool>,
}

impl Dying {
    /// Passes a point: dies there, or pauses, or goes on.
    pub async fn at(&self, ctl: &Ctl, point: Point) {
        if ctl.dies(point) {
            self.0.dead.set(true);
        }
        if self.is_dead() {
            std::future::pending::<()>().await;
        }
        if ctl.0.weather.get() && ctl.one_in(4) {
            self.pause().await;
        }
    }

    /// Lets others go first.
    pub async fn pause(&self) {
        self.wake();
        let mut first = true;
        poll_fn(|_| if std::mem::take(&mut first) { Poll::Pending } else { Poll::Ready(()) }).await;
    }

    pub fn wake(&self) {
        self.0.woken.set(true);
    }

    pub fn is_dead(&self) -> bool {
        self.0.dead.get()
    }

    pub fn is_woken(&self) -> bool {
        self.0.woken.get()
    }

    pub fn take_woken(&self) -> bool {
        self.0.woken.replace(false)
    }
}

pub type Task = Pin<Box<dyn Future<Output = ()>>>;

/// Polls a task once. Whether it is finished.
pub fn step(task: &mut Task) -> bool {
    task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready()
}

/// Runs what never waits.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = Box::pin(future);
    for _ in 0..100_000 {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return done;
        }
    }
    panic!("something waits that should not");
}
