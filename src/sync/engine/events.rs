//! What happens to the engine, and what it asks for.

use crate::domain::{DeviceId, EntryId, JournalId};
use crate::sync::held::{Cursor, OutboxState};
use crate::sync::wire::{Me, PushAnswer};

/// What the engine knows of an outbox record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The entry's id.
    pub id: EntryId,
    /// The device that sealed it.
    pub device: DeviceId,
    /// Its number there.
    pub n: u64,
    /// The journal it is for.
    pub journal: JournalId,
    /// How many sealed bytes.
    pub bytes: usize,
    /// How far it is.
    pub state: OutboxState,
}

/// Why a request failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nobody answered.
    Offline,
    /// No answer came in time: the line is slow, or hangs. On the screen it is no internet, too; a push that is tried again is smaller.
    Slow,
    /// The server answered with this status, and perhaps with how many seconds to wait.
    Status(u16, Option<u64>),
    /// An answer came that can't be right: not JSON, a gap in the numbers, another chain.
    Broken,
    /// The phone could not store what came.
    Store,
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// The outbox and the cursors as they lie in the store now.
    Loaded {
        /// The device id that the next entry will have.
        device: DeviceId,
        /// The office said that another phone has it, too. The record that this was said of may have left the outbox since.
        cloned: bool,
        /// The outbox, in the order of writing.
        outbox: Vec<Item>,
        /// The journals held, with how far each was pulled.
        cursors: Vec<(JournalId, Option<Cursor>)>,
        /// The journals of which lines lie here that the office lost.
        strays: Vec<JournalId>,
    },
    /// The vault was opened.
    Opened,
    /// The vault was closed.
    Locked,
    /// Something says that it is worth trying now: online, visible, a save, the timer.
    Wake,
    /// The session was renewed, or made.
    Session(Result<Me, Fault>),
    /// A push was answered.
    Pushed(Result<PushAnswer, Fault>),
    /// States were written to the store, or erased records taken out of it.
    Marked(Result<(), Fault>),
    /// A page was pulled, checked and stored.
    Pulled(Result<Pulled, Fault>),
    /// The phone went back to the last number that it has in common with the server; this is the cursor now.
    Rewound(Result<Option<Cursor>, Fault>),
    /// Lines that the office lost were offered.
    Offered(Result<Offers, Fault>),
    /// A journal that is granted no more was given to the office again: whether it took it back.
    Refounded(Result<bool, Fault>),
    /// A journal that is granted no more was taken off the phone.
    Destroyed(Result<(), Fault>),
    /// The device was registered.
    Registered(Result<(), Fault>),
}

/// What came of a pull.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pulled {
    /// A page was stored; this is the cursor now, and how far the journal goes.
    Stored {
        /// The cursor now.
        cursor: Cursor,
        /// The last number that the journal has.
        head: u64,
        /// The entries that came back: they are in the outbox no more.
        returned: Vec<EntryId>,
    },
    /// Another tab pulled meanwhile; this is the cursor now.
    Moved(Option<Cursor>),
    /// The server is not the one that this phone knew.
    Diverged,
}

/// What came of offering.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offers {
    /// So many lines lie here still.
    pub left: usize,
    /// The server refused some.
    pub refused: bool,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Push these records of one device to one journal.
    Push {
        /// The device that sealed them.
        device: DeviceId,
        /// The journal.
        journal: JournalId,
        /// Their numbers.
        ns: Vec<u64>,
    },
    /// Write these states to the store.
    Mark(Vec<(DeviceId, u64, OutboxState)>),
    /// Take these records out of the outbox: they were erased.
    Discard(Vec<(DeviceId, u64)>),
    /// Register this device again, for another push credential; or, without one, a new id: this phone was cloned.
    Register(Option<DeviceId>),
    /// Renew the session with the credential from the vault.
    Renew,
    /// Pull the page after this cursor, check it, store it.
    Pull {
        /// The journal.
        journal: JournalId,
        /// How far it was pulled.
        cursor: Option<Cursor>,
    },
    /// Go back to the last number that the phone has in common with the server, and keep what lay beyond as strays.
    Rewind {
        /// The journal.
        journal: JournalId,
        /// How far it was pulled.
        cursor: Cursor,
    },
    /// Offer the strays of this journal that have not come back.
    Offer(JournalId),
    /// A journal is granted no more. If it is a closed one, the office may have lost it in a restore: offer it, from its founding on.
    Refound(JournalId),
    /// Take a journal off this phone: its grant is gone and nothing waits for it.
    Destroy(JournalId),
}

/// Why a journal stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stall {
    /// The server says that it does not exist, or is not ours.
    Unknown,
    /// The server asks for a newer app. Sending goes on.
    Outdated,
}

/// How far fetching is, in lines.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fetching {
    /// So many are held here.
    pub held: u64,
    /// So many there are, as far as known; 0 before the first page.
    pub of: u64,
}

/// States by the number that they are for; nearly all records of a full outbox are found not to be in it at a glance.
pub struct Marks {
    sorted: Vec<(DeviceId, u64, OutboxState)>,
    first: u64,
    last: u64,
}

impl Marks {
    /// Of what is to be marked; of two for one number the later counts.
    #[must_use]
    pub fn new(states: &[(DeviceId, u64, OutboxState)]) -> Self {
        let mut sorted = states.to_vec();
        sorted.sort_by_key(|(device, n, _)| (*device, *n));
        let numbers = || states.iter().map(|(_, n, _)| *n);
        Self { sorted, first: numbers().min().unwrap_or(1), last: numbers().max().unwrap_or(0) }
    }

    /// The state that this number is marked with.
    #[must_use]
    pub fn of(&self, device: DeviceId, n: u64) -> Option<OutboxState> {
        if !(self.first..=self.last).contains(&n) {
            return None;
        }
        let end = self.sorted.partition_point(|(of, number, _)| (*of, *number) <= (device, n));
        let (of, number, state) = self.sorted.get(end.checked_sub(1)?)?;
        ((*of, *number) == (device, n)).then_some(*state)
    }
}

/// What the screen says about sending.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// Records that are on this phone only.
    pub waiting: usize,
    /// Records that the office keeps apart, or did not take.
    pub set_aside: usize,
    /// A request is under way.
    pub busy: bool,
    /// A push is under way.
    pub pushing: bool,
    /// The last request failed like this, and nothing succeeded since.
    pub fault: Option<Fault>,
    /// Nothing can be sent or fetched before somebody signs in.
    pub sign_in: bool,
    /// The server gives nothing to an app this old; it takes all.
    pub outdated: bool,
    /// Much is still to be fetched: the first time, or after a long while.
    pub fetching: Option<Fetching>,
    /// Some journal's server was restored: the phone goes back and offers what it lost.
    pub diverged: bool,
}
