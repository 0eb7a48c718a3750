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
//! | the id is known with the same commitment, and was erased | nothing; the phone takes its text away | `Erased` |
//! | the id is known with the same commitment | nothing | `Stored`, the same number |
//! | the id is known with another commitment | raw bytes to quarantine | `Quarantined` |
//! | the id or the subject is on the list of erasures | nothing; the phone takes its text away | `Erased` |
//! | (device, n) is known with another id | stored: a cloned phone, both are kept | `Stored` with `cloned` |
//! | otherwise | stored under the next number of the journal | `Stored` |
//!
//! The number comes from one counter row of the journal, inside the transaction that stores the entry: dense,
//! on every database. The author is the owner of the credential, whatever the entry says. The answer goes out after the
//! commit is durable. Each stored entry gets a *receipt* = HMAC-SHA-256(receipt secret, journal ‖ id ‖ author ‖
//! commitment), so that after a restore anybody may offer it again.
//!
//! Only a broken envelope is a 4xx: 400 not JSON or not a `Push`, 401 no or a wrong credential, 403 the credential
//! of another device, 404 no such journal and no founding of it, 408 too slow, 413 too many records or
//! bytes, 429 too fast for one device: wait, nothing is lost. On 413, 408 and 400 the client halves; a lone
//! record that is refused stays on the phone, set aside and shown.
//!
//! **An answer counts in the epoch that gave it.** Every answer names the server's epoch, and the phone keeps it with what it marks.
//! What another epoch acknowledged, and what this one acknowledged but does not give back when all is pulled, is sent again: it gets the
//! same answer, or was lost and is stored now.
//!
//! A push credential that is not known (any more) does not lose anything: an open phone with a session registers its device again, under its
//! own id and key, and goes on; without one somebody signs in.
//!
//! # Pull
//!
//! `GET /api/v1/journals/{journal}/entries?after=N&epoch=E&chain=C&erasures=K` with a session; answer
//! [`wire::PullAnswer`]. `after` is the last number that the phone holds (0 at first), `epoch` and
//! `chain` are what it got with it, `erasures` how many of the journal's erasures it has carried out. If the server's epoch differs, its head
//! lies below `after`, or its chain at `after` is another one, it answers `Diverged`.
//!
//! Otherwise it gets a page of lines after `after`, at most [`PAGE_LINES`]. The phone checks that numbers are
//! dense and that folding [`chain::next`] over them gives the page's chain ([`engine::check`]); a page that does not check is not stored, and
//! asked for again later. It seals the page and stores it, with the new cursor, in one transaction, which also takes what has come back out
//! of the outbox. An erased run comes as {from, to, chain}. Nothing
//! can be folded through a run: where lines stand before it in its page it also says the chain *before* it, against which they are held.
//!
//! # After a restore
//!
//! A server that was put back from a backup has a new epoch; one that was put back without a word is known by its chain. On `Diverged` the
//! phone goes back:
//!
//! 1. It asks for the last common number: `POST …/common` with at most [`PROBES`] numbers and their chains; the answer is the last of them
//!    that the server has with the same chain. Since a chain binds all before it, halving between two probes finds the number in a few requests.
//! 2. In one transaction it moves the cursor there, cuts the segments, and keeps the entries that lay beyond as *strays*, sealed. On the
//!    screen nothing changes: strays are laid between what was pulled and what is pending.
//! 3. It pulls. What waits, and what another epoch acknowledged, is pushed.
//! 4. What of the strays has not come back is offered: `POST …/offers` with the lines as they were pulled, whoever wrote them. The server
//!    takes a line if its *receipt* is right, gives it the next number, and keeps author, device and n as they were. An id that it has is
//!    answered with its number; one on the list of erasures with `Erased`. A receipt that is not ours is `Refused`: the line stays on the phone.
//! 5. A stray leaves the phone when it has come back in a page, or was erased.
//!
//! Every reader does this; the first offer counts, the others are told the number. Only what no phone holds any more is lost with the
//! backup's age.
//!
//! # Erasure
//!
//! Somebody is erased: a [`Subject`](crate::domain::Subject), in whatever journal; or single entries are. The server writes subject and ids on the
//! list of erasures, which stands beside the keyring outside the database, durably; then it takes text and salt of every line about it, in one
//! transaction, and of what was set apart. Number, id, author, commitment and chain stay, so the journal stays dense and the chain checks. At every start
//! the list is carried out again, so a restore can't bring a text back; pushes and offers are held against it, so a phone can't either.
//!
//! A phone learns of it with its next page: [`wire::Erasure`] names the subject and the numbers that it holds, each with its chain. It rewrites
//! the segments (sealed anew), takes drafts, quarantined and refused records about the subject away, and moves the count in its cursor, in one transaction. What
//! still waits is pushed, answered `Erased`, and taken away. It keeps in mind who was erased, and after every pull takes away what came to lie there about
//! them meanwhile: a draft that another tab was writing, an answer that was under way. A tab that merges segments does so under the cursor that it
//! read them under: an erasure has moved it.
//!
//! # A grant that is taken back
//!
//! `me` no longer names the journal. The phone first pushes what lies in its outbox for it (the grant's past lets it; it goes to quarantine), what
//! was acknowledged or refused once more: a restore may have lost it, and nobody could offer it again. The answer says whether the office
//! grants the journal ([`wire::PushAnswer::granted`]). If it does, `me` was of before or after, or the office was put back in between: the phone
//! asks again, at once and then ever more slowly, and takes nothing off before `me` and the last answer say the same. Then it
//! destroys the journal's segments, cursor, strays and key, and what of its outbox the office has. A refused record stays: nobody else has it.
//! What another tab sent (a browser without locks) this one sends once more before the journal goes: what was answered, only that tab has heard. Only
//! where `me` leaves journals out, since a phone holds ten, a journal that is granted and not listed goes after it was asked for twice.
//!
//! # A closed journal is founded
//!
//! What fewer may read (a Meldcode, a worry about a child) is born in a journal of its own, on a phone, perhaps without a signal. Nobody can be asked
//! for an id, so the id is worked out: it is [`chain::founded`], a hash over the author and the commitment of the journal's *founding*
//! ([`Founding`](crate::domain::body::Founding)), which names the neighbourhood and whom else it is for. The founding is the journal's first entry and travels
//! as every other: sealed in the outbox under the next n, pushed by a locked phone or a revoked device, saved in a rescue file, pulled, receipted, offered. No
//! other way up had to be made, and there is no state in which a phone has the one without the other.
//!
//! A push for a journal on which its author never had a grant is a 404, unless a record in it opens as the founding of *that* journal by
//! *that* author, who has or had a grant as worker or supervisor on the neighbourhood that it names. Then the transaction that stores the entries first makes
//! the journal (its name is its id) and the grants, in the roles that people have in the neighbourhood:
//!
//! | who | gets |
//! |---|---|
//! | the author | a grant; one that was taken back, where that happened in the neighbourhood meanwhile: all goes to quarantine, none is lost |
//! | those it names, with a grant as worker or supervisor on the neighbourhood now | a grant |
//! | those it names, without one | nothing |
//! | the neighbourhood's supervisors, where none of them is among the above but perhaps the author | a grant: it never rests on one person |
//! | everybody else, administrators too | nothing: no answer, list or name tells them that it is there |
//!
//! - Sending again gives the same answer: the journal is there, so grants are not touched again, and one that was taken back stays so.
//! - Nobody founds another's journal, by accident or because the id stands in the neighbourhood's journal: with another author or other words the
//!   id is another one. It is refused as a journal that is not there. A founding of another journal in this one is quarantined.
//! - A phone pushes the lowest n first, and halving keeps the first half: the founding goes before what follows it. Where it can't go yet (its device is
//!   not known any more), what follows gets a 404 and waits.
//! - **Who reads it later**: a [`Reader`](crate::domain::body::Reader) entry in it, about its founding, by its founder or a supervisor who reads it. The transaction that
//!   stores it gives the grant (to who works in the neighbourhood now) or takes it back; sent again it changes nothing. Nobody takes off the founder or
//!   themselves, and a supervisor is taken off by a supervisor only. Who was taken off pushes what they wrote meanwhile into quarantine.
//! - A grant on the neighbourhood that is taken back takes those on its closed journals with it. Given again, it does not give them back.
//! - All about somebody who was erased meanwhile: nothing is kept, the journal neither.
//! - `me` lists it from then on for whoever may read it, with who else does. What was taken in a journal that `me` did not list makes the phone
//!   ask again before it takes anything off, as for a grant that was taken back.
//! - A device holds ten journals. Closed ones come last, those first in which something was written last; what is left out is counted in `me`. A phone pulls
//!   what is listed only, and takes off what drops out, as for a grant that was taken back; it can go on founding.
//!
//! **After a restore** from before the founding the office knows neither the journal nor its grants, and `me` looks as if they were taken back. So before a
//! phone takes a journal off whose founding lies on it, it offers all of it, the founding first ([`Effect::Refound`](engine::Effect::Refound)): the founding has the office's own receipt, which
//! nobody has who could not read it, so whoever offers it may found the journal again, with the same grants. Where the journal is there, and the grant
//! is gone, the answer is the 404 as ever, and it is taken off.
//! Taken, it has to be listed next; if it is not, the office lost it once more, and it is given back again, however often.
//! Who was let in since is let in again by the same offer, since a phone offers what let people in right behind the founding; but not if the office has that
//! entry already, or took them off after it heard it. Whatever comes back first, what was *said* last of somebody counts, by when the office heard it
//! first. What somebody is told that they may not read any more is lost with their phone only if
//! the founding itself was erased.
//!
//! What still waits for a journal that the office lost, and whose founding lies here no more, can't be sent: it is set aside and shown, sent once more with
//! every session, and the rest of the journal leaves the phone.
//!
//! # A cloned phone
//!
//! Two phones with one device id use the same numbers. Both entries are kept, since their ids differ, and whoever's came second is told
//! `cloned`: once open, it takes a new device id, registers it, and writes on under it from 1. What waits stays under the old one.
//!
//! # A phone that can't keep an entry
//!
//! It is full, or its storage was taken away. The entry is sealed as for the outbox under a number drawn from 2⁵² to 2⁵³ − 1, which no counter
//! reaches, and lies in memory. Whoever wrote it chooses: it is pushed straight from there, or saved as a file ([`wire::rescue`]) that the
//! office takes in as a push of that device. In both the office judges it as any other; what is there already keeps its number.
//!
//! # Words that were forgotten
//!
//! Push credentials outlive a new phrase: what waits on a phone that nobody can open any more is sent. If the office lost the phone in a
//! restore, too, whoever signs in on it registers the old device again, under its old outbox key: that lies there encrypted to the server.
//!
//! # Side by side
//!
//! One request is under way at a time, with two exceptions. What was acknowledged is noted while the next push goes: a crash in between sends
//! again and gets the same answers. And pages are asked for, each upon the one before it, while others are being stored; they count only if nothing
//! else was done meanwhile, since after a push they would be older than what was acknowledged.
//!
//! # Several tabs
//!
//! One syncs, by Web Locks; the tab in which the account was opened last takes the lock, since only it can pull. Where there are no Web Locks each tab syncs: a
//! number is given inside the transaction that adds the record, and a page is stored only upon the cursor it was asked with, so nothing is
//! doubled. A tab whose page another one stored first reads the outbox again: what came back left it with that page.
//!
//! # Trying again
//!
//! A request that is not answered in time has failed, too; a push that was too slow is tried again with half as many records, and grows
//! again while it succeeds. After a failure a phone waits 1 s, 2 s … 5 min, with jitter, and as long as `Retry-After` asks, which no save and no timer shortens. A journal that
//! fails by itself (a 500, a page that does not check) waits by itself and holds up no other.
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
//! [`engine::Engine`] is sans I/O: events in, effects out, time as an argument. [`courier`](crate::courier) carries its effects out: in
//! the app with IndexedDB and reqwest, in the simulator (`make sim`) with a disk and a network that fail. [`intake`] is the server's half: a pure function of what
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
/// How many probes may be asked at once when looking for the last common number.
pub const PROBES: usize = 64;
/// How many lines are offered at once.
pub const OFFERS: usize = 200;
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
    use crate::domain::{DeviceId, EntryId, JournalId, JournalKind, Role, UserId};

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
        let granted =
            Granted { journal, kind: JournalKind::Neighbourhood, name: String::new(), role: Role::Worker, readers: Vec::new() };
        let me = Me {
            user: UserId(Uuid::from_u128(3)),
            login_name: String::new(),
            name: String::new(),
            role: Role::Worker,
            journals: vec![granted],
            more: 0,
            now: chrono::DateTime::UNIX_EPOCH,
        };
        let mut engine = Engine::default();
        let on = |engine: &mut Engine, event| engine.on(event, 0, 0.5);
        on(
            &mut engine,
            Event::Loaded { device, cloned: false, outbox: Vec::new(), cursors: vec![(journal, None)], strays: Vec::new() },
        );
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
        let item = Item { id: EntryId(Uuid::from_u128(5)), device, n: 1, journal, bytes: 100, state: OutboxState::Waiting };
        on(&mut engine, Event::Wake);
        on(
            &mut engine,
            Event::Loaded { device, cloned: false, outbox: vec![item], cursors: vec![(journal, None)], strays: Vec::new() },
        );
        assert_eq!(engine.poll(0), Some(Effect::Push { device, journal, ns: vec![1] }));
        let stored = Outcome::Stored { seq: 1, receipt: Bytes32([0; 32]), cloned: false };
        on(
            &mut engine,
            Event::Pushed(Ok(PushAnswer {
                epoch: Uuid::from_u128(4),
                granted: Some(true),
                results: vec![PushResult { n: 1, outcome: stored }],
            })),
        );
        assert!(matches!(engine.poll(0), Some(Effect::Mark(_))));
        on(&mut engine, Event::Marked(Ok(())));
        assert!(engine.status().outdated, "a push says nothing about pulling");
        assert_eq!(engine.poll(0), Some(Effect::Pull { journal, cursor: None }));
        let cursor = Cursor { epoch: Uuid::from_u128(4), seq: 1, chain: START, erasures: 0 };
        on(&mut engine, Event::Pulled(Ok(Pulled::Stored { cursor, head: 1, returned: Vec::new() })));
        assert!(!engine.status().outdated);
    }
}
