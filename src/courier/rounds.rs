//! The rounds of a courier: asks the engine, carries out, tells the engine, until there is nothing to do.
//!
//! What was acknowledged is noted beside the next push, so there are two lanes. The outbox is read at the start and followed from
//! then on: reading ten thousand entries again after each push took longer than sending them.

use std::cell::{Ref, RefCell};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;

use super::trip::{Carrying, Trip};
use super::{Courier, Desk, Office};
use crate::domain::EntryId;
use crate::store::{OutboxRecord, OutboxState, Store};
use crate::sync::engine::{Effect, Engine, Event, Marks, Pulled, Status};

/// What is round a courier: the clock, chance, the screen, the other tabs.
pub trait Surroundings {
    /// The phone's clock, in milliseconds.
    fn now(&self) -> u64;
    /// A random number from 0 to 1.
    fn jitter(&self) -> f64;
    /// The screen may say this of sending.
    fn show(&self, status: &Status);
    /// The outbox is being read: what was saved until now will be in it.
    fn reading(&self) {}
    /// It was read.
    fn read(&self) {}
    /// This is how far these entries are.
    fn states(&self, states: &[(EntryId, OutboxState)]);
    /// The store has something new: other tabs may want to know.
    fn came(&self);
}

/// See the module.
pub struct Rounds<S, O, W> {
    courier: Courier<S, O>,
    /// What is round it.
    pub surroundings: W,
    engine: RefCell<Engine>,
    outbox: RefCell<Rc<Vec<OutboxRecord>>>,
}

/// What is under way, and what will come of it.
type Lane<'a> = Option<(Effect, Carrying<'a>)>;

impl<S: Store, O: Office, W: Surroundings> Rounds<S, O, W> {
    /// For an account's store.
    pub fn new(store: Rc<S>, office: O, surroundings: W) -> Self {
        let (engine, outbox) = (RefCell::default(), RefCell::default());
        Self { courier: Courier::new(store, office), surroundings, engine, outbox }
    }

    /// The engine, to look at.
    pub fn engine(&self) -> Ref<'_, Engine> {
        self.engine.borrow()
    }

    /// Tells the engine that something happened.
    pub fn on(&self, event: Event) {
        self.engine.borrow_mut().on(event, self.surroundings.now(), self.surroundings.jitter());
    }

    /// Reads the outbox and the cursors again: another tab may have written. What can't be read now is read another time.
    pub async fn load(&self) {
        self.surroundings.reading();
        let Ok((outbox, event)) = self.courier.load().await else { return };
        self.surroundings.read();
        let states: Vec<_> = outbox.iter().map(|record| (record.id, record.state)).collect();
        self.surroundings.states(&states);
        *self.outbox.borrow_mut() = Rc::new(outbox);
        self.on(event);
        self.show();
    }

    /// Does all there is to do now. `desk` is there while the account is open.
    pub async fn work<D: Desk>(&self, desk: Option<&D>) {
        let trip = Trip::default();
        let (mut noting, mut busy): (Lane<'_>, Lane<'_>) = (None, None);
        let mut came = false;
        loop {
            loop {
                let effect = self.engine.borrow_mut().poll(self.surroundings.now());
                let Some(effect) = effect else { break };
                let lane = if matches!(effect, Effect::Mark(_) | Effect::Discard(_)) { &mut noting } else { &mut busy };
                let outbox = Rc::clone(&self.outbox.borrow());
                *lane = Some((effect.clone(), self.courier.carry_out(effect, outbox, desk, &trip)));
            }
            // Once for all that begins now: each time the screen may be drawn anew.
            self.show();
            let Some((effect, event)) = first(&mut noting, &mut busy).await else { break };
            came |= self.take_in(&effect, &event);
            let reload = match (&effect, &event) {
                // It went wrong: what the store says counts.
                (Effect::Mark(_), Event::Marked(done)) => done.is_err(),
                (Effect::Discard(_) | Effect::Destroy(_) | Effect::Register(_), _) => true,
                // Another tab stored that page, and took what came back with it out of the outbox.
                (_, Event::Pulled(Ok(Pulled::Moved(_)))) => true,
                _ => false,
            };
            self.on(event);
            if reload {
                came = true;
                self.load().await;
            }
        }
        if came {
            self.surroundings.came();
        }
    }

    fn show(&self) {
        self.surroundings.show(&self.engine().status());
    }

    /// Follows the outbox. Whether it brought something that other tabs want to see.
    fn take_in(&self, effect: &Effect, event: &Event) -> bool {
        match (effect, event) {
            (Effect::Mark(states), Event::Marked(Ok(()))) => {
                let states = Marks::new(states);
                let mut marked = Vec::new();
                for record in Rc::make_mut(&mut self.outbox.borrow_mut()) {
                    if let Some(state) = states.of(record.device, record.n) {
                        record.state = state;
                        marked.push((record.id, state));
                    }
                }
                self.surroundings.states(&marked);
                true
            }
            (Effect::Pull { cursor: before, .. }, Event::Pulled(Ok(Pulled::Stored { returned, cursor, .. }))) => {
                if !returned.is_empty() {
                    let returned: BTreeSet<_> = returned.iter().collect();
                    Rc::make_mut(&mut self.outbox.borrow_mut()).retain(|record| !returned.contains(&record.id));
                }
                Some(*cursor) != *before
            }
            (_, Event::Rewound(Ok(_)) | Event::Offered(Ok(_)) | Event::Registered(Ok(()))) => true,
            _ => false,
        }
    }
}

/// What is done first of the two; nothing if nothing is under way. What is done is dropped: it holds the outbox no more.
async fn first<'a>(noting: &mut Lane<'a>, busy: &mut Lane<'a>) -> Option<(Effect, Event)> {
    poll_fn(|cx| {
        for lane in [&mut *noting, &mut *busy] {
            if let Some((_, carrying)) = lane
                && let Poll::Ready(event) = carrying.as_mut().poll(cx)
            {
                return Poll::Ready(lane.take().map(|(effect, _)| (effect, event)));
            }
        }
        if noting.is_none() && busy.is_none() { Poll::Ready(None) } else { Poll::Pending }
    })
    .await
}
