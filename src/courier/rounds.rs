//! The rounds of a courier: asks the engine, carries out, tells the engine, until there is nothing to do.

use std::cell::{Ref, RefCell};
use std::rc::Rc;

use super::{Courier, Desk, Office};
use crate::store::{OutboxRecord, Store};
use crate::sync::engine::{Effect, Engine, Event, Pulled, Status};
use crate::sync::held::Cursor;

/// What is round a courier: the clock, chance, the screen, the other tabs.
pub trait Surroundings {
    /// The phone's clock, in milliseconds.
    fn now(&self) -> u64;
    /// A random number from 0 to 1.
    fn jitter(&self) -> f64;
    /// The screen may say this of sending.
    fn show(&self, status: &Status);
    /// This is how far the entries of the outbox are.
    fn loaded(&self, outbox: &[OutboxRecord]);
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
        let Ok((outbox, event)) = self.courier.load().await else { return };
        self.surroundings.loaded(&outbox);
        *self.outbox.borrow_mut() = Rc::new(outbox);
        self.on(event);
        self.surroundings.show(&self.engine().status());
    }

    /// Does all there is to do now. `desk` is there while the account is open.
    pub async fn work<D: Desk>(&self, desk: Option<&D>) {
        loop {
            let effect = self.engine.borrow_mut().poll(self.surroundings.now());
            self.surroundings.show(&self.engine().status());
            let Some(effect) = effect else { break };
            let reload = matches!(effect, Effect::Mark(_) | Effect::Discard(_) | Effect::Destroy(_) | Effect::Register(_));
            let before = if let Effect::Pull { cursor, .. } = &effect { *cursor } else { None };
            let outbox = Rc::clone(&self.outbox.borrow());
            let event = self.courier.carry_out(effect, outbox.as_slice(), desk).await;
            drop(outbox);
            let came = self.take_in(&event, before);
            self.on(event);
            if reload {
                self.load().await;
            }
            if reload || came {
                self.surroundings.came();
            }
        }
    }

    /// Whether it brought something that other tabs want to see.
    fn take_in(&self, event: &Event, before: Option<Cursor>) -> bool {
        match event {
            Event::Pulled(Ok(Pulled::Stored { returned, cursor, .. })) => {
                if !returned.is_empty() {
                    Rc::make_mut(&mut self.outbox.borrow_mut()).retain(|record| !returned.contains(&record.id));
                }
                Some(*cursor) != before
            }
            Event::Rewound(Ok(_)) | Event::Offered(Ok(_)) | Event::Registered(Ok(())) => true,
            _ => false,
        }
    }
}
