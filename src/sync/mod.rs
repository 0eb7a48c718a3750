//! How devices agree. This page is the protocol; the code follows it.
//!
//! # What it promises
//!
//! 1. **Nothing acknowledged is lost, nothing is doubled.** A phone says "opgeslagen" after a strict
//!    transaction, the server acknowledges after a durable commit, and sending again gives the same
//!    answer and the same number.
//! 2. **Everybody who may read a journal reads the same lines in the same order**, and can prove
//!    that none is missing: numbers are dense and every line is chained to the one before.
//! 3. **Nothing blocks the queue.** What can't become an entry is quarantined, acknowledged and shown.
//! 4. **A closed phone sends.** What waits can be delivered without opening the vault, and whoever
//!    copies the phone can neither read nor forge.
//!
//! # An entry on its way
//!
//! A device writes [`wire::Written`]: id (UUIDv7), `n` (1, 2, 3 … on that device), a random salt and
//! the payload's text, kept byte for byte. Its *commitment* is SHA-256(salt ‖ payload)
//! ([`chain::commitment`]). The JSON of `Written` is sealed with AES-256-GCM under the device's
//! *outbox key*, with [`seal::outbox_aad`] as associated data, and lies in the outbox like that. **The
//! outbox is pushed as it lies: sealed.** There is one way up, whether the phone is open or closed, and the
//! sender never needs a key to what it sends. The server holds the outbox key as well: the device made
//! it while open, encrypted it to the server's public key (RSA-OAEP, SHA-256), and registered it at sign-in.
//!
//! # Push
//!
//! `POST /api/v1/journals/{journal}/pushes`, `Authorization: Bearer <push credential>`, body
//! [`wire::Push`]: the device and at most [`MAX_RECORDS`] sealed records, at most [`MAX_BYTES`] in
//! all. The push credential belongs to one device and can do this one thing. In one database
//! transaction the server takes each record:
//!
//! | what it finds | what it does | [`wire::Outcome`] |
//! |---|---|---|
//! | the record does not open under the device's key | nothing is stored; 422 for a lone one, the others are judged | `Refused` |
//! | it opens, but is not an entry, or of an unknown type, or [`domain::may`](crate::domain::may) says no, or the grant is gone | raw bytes to quarantine | `Quarantined` |
//! | the id is known with the same commitment | nothing | `Stored`, the same number |
//! | the id is known with another commitment | raw bytes to quarantine | `Quarantined` |
//! | (device, n) is known with another id | stored: a cloned phone, both are kept | `Stored` with `cloned` |
//! | otherwise | stored under the next number of the journal | `Stored` |
//!
//! The number comes from one counter row of the journal, inside the transaction that stores the entry: dense,
//! on every database. The author is the owner of the credential, whatever the entry says. The answer goes out after the
//! commit is durable. Each stored entry gets a *receipt* = HMAC-SHA-256(receipt secret, journal ‖ id ‖ author ‖
//! commitment), so that after a restore anybody may offer it again.
//!
//! Only a broken envelope is a 4xx: 400 not JSON or not a `Push`, 401 no or a wrong credential, 403 the credential
//! of another device, 404 no such journal, 408 too slow, 413 too many records or
//! bytes, 429 too fast for one device: wait, nothing is lost. On 413, 408 and 400 the client halves; a lone
//! record that is refused stays on the phone, set aside and shown.
//!
//! # Pull
//!
//! `GET /api/v1/journals/{journal}/entries?after=N&epoch=E&chain=C` with a session; answer
//! [`wire::PullAnswer`]. `after` is the last number that the phone holds (0 at first), `epoch` and
//! `chain` are what it got with it. If the server's epoch differs, its head lies below `after`, or its
//! chain at `after` is another one, it answers `Diverged`: it was restored or replaced. The phone then keeps
//! everything, stops pulling that journal and says so. (Going back to the last common number and offering receipted entries again is the
//! next step; nothing is thrown away meanwhile.)
//!
//! Otherwise it gets a page of lines after `after`, at most [`PAGE_LINES`]. The phone checks that numbers are
//! dense and that folding [`chain::next`] over them gives the page's chain. It seals the page and stores it,
//! with the new cursor, in one transaction, which also takes what has come back out of the outbox. An erased run comes as
//! {from, to, chain}.
//!
//! An app that is older than [`OLDEST_APP`], by what it says in the header [`APP_VERSION`], may push for ever but not pull: it gets
//! 426, says so on the screen, and goes on sending. It would fold lines that it does not understand.
//!
//! # The chain
//!
//! chain₀ = 32 zero bytes; chainₛ = SHA-256(chainₛ₋₁ ‖ seq as 8 bytes big-endian ‖ id ‖ author ‖ commitment). No payload goes in but through its
//! commitment, so an erased entry leaves the chain whole.
//!
//! # Order
//!
//! What a person sees is the fold over the pulled prefix by number, then what is pending, by n. A device's clock orders nothing.
//!
//! # Who decides when
//!
//! [`engine::Engine`] is sans I/O: events in, effects out, time as an argument. The app drives it with IndexedDB and
//! reqwest, the tests with memory and the real server rules. [`intake`] is the server's half: a pure function of what
//! was sent and what was found.

pub mod chain;
pub mod engine;
pub mod held;
pub mod intake;
pub mod problem;
pub mod seal;
pub mod wire;

/// How many records a push may hold.
pub const MAX_RECORDS: usize = 500;
/// How many bytes the body of a push may have.
pub const MAX_BYTES: usize = 512 * 1024;
/// How many lines a page has at most.
pub const PAGE_LINES: usize = 500;
/// How long an enrolment code is valid.
pub const ENROLMENT_HOURS: i64 = 72;
/// The request header in which an app says its version.
pub const APP_VERSION: &str = "app-version";
/// The oldest app that may pull: major, minor, patch. Who gives lines that older apps would read wrongly raises it.
pub const OLDEST_APP: [u32; 3] = [0, 1, 0];

/// Whether an app of this version may pull.
#[must_use]
pub fn may_pull(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse().unwrap_or(0));
    [(); 3].map(|()| parts.next().unwrap_or(0)) >= OLDEST_APP
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::chain::{Bytes32, START};
    use super::engine::{Effect, Engine, Event, Fault, Item, Pulled};
    use super::held::{Cursor, OutboxState};
    use super::may_pull;
    use super::wire::{Granted, Me, Outcome, PushAnswer, PushResult};
    use crate::domain::{DeviceId, JournalId, JournalKind, Role, UserId};

    #[test]
    fn an_app_that_is_too_old_does_not_pull() {
        let versions =
            [("0.1.0", true), ("0.1.9", true), ("0.10.0", true), ("1", true), ("0.0.9", false), ("0.0", false), ("", false)];
        for (version, may) in versions {
            assert_eq!(may_pull(version), may, "{version}");
        }
        assert!(may_pull(env!("CARGO_PKG_VERSION")), "this one does");
    }

    #[test]
    fn an_app_that_is_too_old_sends_without_waiting_and_asks_again_later() {
        let (device, journal) = (DeviceId(Uuid::from_u128(1)), JournalId(Uuid::from_u128(2)));
        let granted = Granted { journal, kind: JournalKind::Neighbourhood, name: String::new(), role: Role::Worker };
        let me = Me {
            user: UserId(Uuid::from_u128(3)),
            login_name: String::new(),
            name: String::new(),
            role: Role::Worker,
            journals: vec![granted],
            now: chrono::DateTime::UNIX_EPOCH,
        };
        let mut engine = Engine::default();
        let on = |engine: &mut Engine, event| engine.on(event, 0, 0.5);
        on(&mut engine, Event::Loaded { outbox: Vec::new(), cursors: vec![(journal, None)] });
        on(&mut engine, Event::Opened);
        assert_eq!(engine.poll(0), Some(Effect::Renew));
        on(&mut engine, Event::Session(Ok(me)));
        assert_eq!(engine.poll(0), Some(Effect::Pull { journal, cursor: None }));
        on(&mut engine, Event::Pulled(Err(Fault::Status(426, None))));
        assert!(engine.status().outdated);
        assert_eq!(
            (engine.poll(0), engine.wake_at(), engine.status().fault),
            (None, None, None),
            "it is not asked over and over"
        );

        // Somebody saves: it goes up at once, then it is asked again.
        let item = Item { device, n: 1, journal, bytes: 100, state: OutboxState::Waiting };
        on(&mut engine, Event::Wake);
        on(&mut engine, Event::Loaded { outbox: vec![item], cursors: vec![(journal, None)] });
        assert_eq!(engine.poll(0), Some(Effect::Push { device, journal, ns: vec![1] }));
        let stored = Outcome::Stored { seq: 1, receipt: Bytes32([0; 32]), cloned: false };
        on(&mut engine, Event::Pushed(Ok(PushAnswer { results: vec![PushResult { n: 1, outcome: stored }] })));
        assert!(matches!(engine.poll(0), Some(Effect::Mark(_))));
        on(&mut engine, Event::Marked(Ok(())));
        assert!(engine.status().outdated, "a push says nothing about pulling");
        assert_eq!(engine.poll(0), Some(Effect::Pull { journal, cursor: None }));
        let cursor = Cursor { epoch: Uuid::from_u128(4), seq: 1, chain: START };
        on(&mut engine, Event::Pulled(Ok(Pulled::Stored { cursor, more: false })));
        assert!(!engine.status().outdated);
    }
}
