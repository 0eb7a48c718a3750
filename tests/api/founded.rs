//! The promise about a closed journal that is founded on a phone: whatever the weather, and whatever backup the office is put back from, nothing
//! of it is lost or doubled, and nobody else gets a line of it; nor does somebody who was let in later lose it, or keep it who was taken off.
//!
//! `WAAKVLAM_SEEDS` is how many lives; more is the long run.
//!
//! The phones are the real courier, engine and book over the store in memory; the server is the real one over a real socket and a real
//! database. What is random is the story: who writes, who is locked, which requests and answers are lost or come twice, when the
//! office is put back from which backup, when a phone is switched off.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use aes_gcm::aead::{Aead as _, Payload as Sealing};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;
use uuid::Uuid;
use waakvlam::courier::book::{Book, SaveError};
use waakvlam::courier::rounds::{Rounds, Surroundings};
use waakvlam::courier::{self, Office, RENEWAL, push_credential_note};
use waakvlam::domain::body::{Founding, MeldcodeStep, Reader, Step};
use waakvlam::domain::{Body, Caseload, DeviceId, EntryId, JournalId, Payload, Role, Subject, UserId, guarding};
use waakvlam::store::memory::MemoryStore;
use waakvlam::store::vault::{Seals, VaultError};
use waakvlam::store::{OutboxRecord, OutboxState, Sealed, Segment, Store};
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::engine::{Event, Fault, Status};
use waakvlam::sync::held::Cursor;
use waakvlam::sync::seal::outbox_aad;
use waakvlam::sync::wire::{
    Blob, Common, Line, Me, NewDevice, Offer, OfferAnswer, Probes, PullAnswer, Push, PushAnswer, Renew, Secret, SignedIn,
};

use super::closed::{about, concern, copy};
use super::support::{Phone, TestServer};

/// The outbox is sealed as the server opens it; what stays on the phone is not sealed: that changes no order and loses nothing.
struct Keys([u8; 32]);

impl Seals for Keys {
    async fn add_journal(&self, store: &impl Store, journal: JournalId) -> Result<(), VaultError> {
        Ok(store.put_key(Some(journal), &Sealed(vec![1])).await.map(|_| ())?)
    }

    fn forget_journal(&self, _: JournalId) {}

    async fn outbox_key_for_server(&self, _: &impl Store, _: &[u8]) -> Result<Vec<u8>, VaultError> {
        Err(VaultError::NotMade)
    }

    async fn seal_entry(&self, device: DeviceId, journal: JournalId, n: u64, written: &[u8]) -> Result<Sealed, VaultError> {
        let (nonce, aad) = (rand::random::<[u8; 12]>(), outbox_aad(device, journal, n));
        let sealing = Sealing { msg: written, aad: aad.as_bytes() };
        let sealed = Aes256Gcm::new(&self.0.into()).encrypt(Nonce::from_slice(&nonce), sealing).unwrap();
        Ok(Sealed([nonce.as_slice(), &sealed].concat()))
    }

    async fn open_entry(&self, record: &OutboxRecord) -> Result<Vec<u8>, VaultError> {
        let aad = outbox_aad(record.device, record.journal, record.n);
        let (nonce, msg) = record.sealed.0.split_at(12);
        let sealing = Sealing { msg, aad: aad.as_bytes() };
        Aes256Gcm::new(&self.0.into()).decrypt(Nonce::from_slice(nonce), sealing).map_err(|_| VaultError::DoesNotOpen)
    }

    async fn seal_segment(&self, _: JournalId, first: u64, last: u64, lines: &[u8]) -> Result<Segment, VaultError> {
        Ok(Segment { first, last, sealed: Sealed(lines.to_vec()) })
    }

    async fn open_segment(&self, _: JournalId, segment: &Segment) -> Result<Vec<u8>, VaultError> {
        Ok(segment.sealed.0.clone())
    }

    async fn seal_record(&self, _: &str, bytes: &[u8]) -> Result<Sealed, VaultError> {
        Ok(Sealed(bytes.to_vec()))
    }

    async fn open_record(&self, _: &str, sealed: &Sealed) -> Result<Vec<u8>, VaultError> {
        Ok(sealed.0.clone())
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Good,
    RequestLost,
    AnswerLost,
    Doubled,
}

/// The way to the office, and what the weather makes of it.
#[derive(Clone)]
struct Way(Rc<Inner>);

struct Inner {
    base: RefCell<String>,
    cookie: RefCell<String>,
    http: Client,
    /// What becomes of each request, one after the other; then the weather is good.
    weather: RefCell<VecDeque<Fate>>,
}

impl Way {
    fn at(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.0.base.borrow())
    }

    async fn send(&self, request: RequestBuilder) -> Result<reqwest::Response, Fault> {
        let fate = self.0.weather.borrow_mut().pop_front().unwrap_or(Fate::Good);
        if fate == Fate::RequestLost {
            return Err(Fault::Offline);
        }
        let request = request.header("cookie", self.0.cookie.borrow().clone());
        if fate == Fate::Doubled {
            let _ = request.try_clone().unwrap().send().await;
        }
        let answer = request.send().await.map_err(|_| Fault::Offline)?;
        match answer.status() {
            _ if fate == Fate::AnswerLost => Err(Fault::Offline),
            status if status.is_success() => Ok(answer),
            status => Err(Fault::Status(status.as_u16(), None)),
        }
    }

    async fn ask<T: DeserializeOwned>(&self, request: RequestBuilder) -> Result<T, Fault> {
        self.send(request).await?.json().await.map_err(|_| Fault::Broken)
    }
}

impl Office for Way {
    async fn push(&self, journal: JournalId, credential: &str, push: &Push) -> Result<PushAnswer, Fault> {
        let request = self.0.http.post(self.at(&format!("/journals/{journal}/pushes")));
        self.ask(request.bearer_auth(credential).json(push)).await
    }

    async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<PullAnswer, Fault> {
        let held = cursor.map_or_else(
            || "after=0".to_owned(),
            |held| format!("after={}&epoch={}&chain={}&erasures={}", held.seq, held.epoch, held.chain.to_hex(), held.erasures),
        );
        self.ask(self.0.http.get(self.at(&format!("/journals/{journal}/entries?{held}")))).await
    }

    async fn renew(&self, renew: &Renew) -> Result<Me, Fault> {
        let answer = self.send(self.0.http.post(self.at("/sessions/renew")).json(renew)).await?;
        let cookie = answer.headers()["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        self.0.cookie.replace(cookie);
        answer.json().await.map_err(|_| Fault::Broken)
    }

    async fn public_key(&self) -> Result<Blob, Fault> {
        Err(Fault::Store)
    }

    async fn register(&self, _: &NewDevice) -> Result<SignedIn, Fault> {
        Err(Fault::Store)
    }

    async fn common(&self, journal: JournalId, probes: &Probes) -> Result<Common, Fault> {
        self.ask(self.0.http.post(self.at(&format!("/journals/{journal}/common"))).json(probes)).await
    }

    async fn offer(&self, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, Fault> {
        self.ask(self.0.http.post(self.at(&format!("/journals/{journal}/offers"))).json(offer)).await
    }
}

#[derive(Clone)]
struct Clock(Rc<Cell<u64>>);

impl Surroundings for Clock {
    fn now(&self) -> u64 {
        self.0.get()
    }

    fn jitter(&self) -> f64 {
        0.5
    }

    fn show(&self, _: &Status) {}
    fn states(&self, _: &[(EntryId, OutboxState)]) {}
    fn came(&self) {}
}

/// The open account.
struct Desk {
    book: Book<MemoryStore, Keys>,
    me: RefCell<Option<Me>>,
}

impl courier::Desk for Desk {
    type Seals = Keys;

    fn seals(&self) -> &Keys {
        self.book.seals()
    }

    fn lay(&self, journal: JournalId, before: Option<Cursor>, after: Cursor, lines: Vec<Line>) {
        self.book.lay(journal, before, after, lines);
    }

    async fn relay(&self) -> Result<(), SaveError> {
        Ok(())
    }

    async fn read_again(&self) -> Result<(), SaveError> {
        self.book.read_again().await
    }

    fn forget(&self, journal: JournalId) {
        self.book.forget(journal);
    }

    fn holds(&self, journal: JournalId, id: EntryId) -> bool {
        self.book.holds(journal, id)
    }

    async fn now_i_am(&self, me: Me) -> Result<(), SaveError> {
        for granted in &me.journals {
            self.seals().add_journal(&**self.book.store(), granted.journal).await?;
        }
        self.me.replace(Some(me));
        Ok(())
    }

    fn forget_counter(&self) {
        self.book.forget_counter();
    }

    async fn drafts_about(&self, _: Subject) -> Vec<String> {
        Vec::new()
    }

    async fn drafts_in(&self, _: JournalId) -> Vec<String> {
        Vec::new()
    }

    fn draw_device(&self) -> DeviceId {
        DeviceId(Uuid::new_v4())
    }
}

/// A phone as the app has it.
struct Whole {
    user: UserId,
    store: Rc<MemoryStore>,
    way: Way,
    clock: Clock,
    rounds: Rounds<MemoryStore, Way, Clock>,
    desk: Desk,
    key: [u8; 32],
    saved: Vec<EntryId>,
}

impl Whole {
    async fn of(phone: &Phone) -> Self {
        let store = Rc::new(MemoryStore::new(phone.device));
        store.put_note(&push_credential_note(phone.device), &phone.push_credential.0).await.unwrap();
        let renew = Renew { device: phone.device, renew_credential: Secret(phone.renew_credential.0.clone()) };
        store.put_record(RENEWAL, &Sealed(serde_json::to_vec(&renew).unwrap())).await.unwrap();
        let inner = Inner {
            base: RefCell::new(phone.base.clone()),
            cookie: RefCell::new(phone.cookie.clone()),
            http: Client::new(),
            weather: RefCell::default(),
        };
        let (way, clock) = (Way(Rc::new(inner)), Clock(Rc::new(Cell::new(1_000_000_000))));
        let (rounds, desk) = Self::switched_on(&store, &way, &clock, phone.key).await;
        Self { user: phone.me.user, store, way, clock, rounds, desk, key: phone.key, saved: Vec::new() }
    }

    async fn switched_on(
        store: &Rc<MemoryStore>,
        way: &Way,
        clock: &Clock,
        key: [u8; 32],
    ) -> (Rounds<MemoryStore, Way, Clock>, Desk) {
        let rounds = Rounds::new(Rc::clone(store), way.clone(), clock.clone());
        let desk = Desk { book: Book::new(Rc::clone(store), Keys(key)), me: RefCell::default() };
        desk.book.read_again().await.unwrap();
        (rounds, desk)
    }

    /// The battery is out, and in again.
    async fn again(&mut self) {
        (self.rounds, self.desk) = Self::switched_on(&self.store, &self.way, &self.clock, self.key).await;
    }

    async fn append(&mut self, journal: JournalId, salt: Bytes32, payload: Payload) {
        let id = EntryId(Uuid::now_v7());
        self.desk.book.append(self.user, journal, id, salt, payload).await.unwrap();
        self.saved.push(id);
    }

    /// Founds a closed journal with a worry in it, as the app does.
    async fn found(&mut self, neighbourhood: JournalId, with: Vec<UserId>) -> JournalId {
        let (founding, salt) = (about(Founding { neighbourhood, with }.into()), Bytes32(rand::random()));
        let journal = chain::founded(self.user, &chain::commitment(&salt, founding.write().unwrap().get()));
        self.desk.book.seals().add_journal(&*self.store, journal).await.unwrap();
        self.append(journal, salt, founding).await;
        self.append(journal, Bytes32(rand::random()), concern()).await;
        journal
    }

    async fn caseload(&self, journal: JournalId) -> Caseload {
        self.desk.book.laid(journal, self.user).await.unwrap().caseload
    }

    /// Writes a step, if the worry is on this phone.
    async fn step(&mut self, journal: JournalId, at: usize) {
        let Some(file) = guarding::File::of(&self.caseload(journal).await) else { return };
        let Some(of) = file.concern.map(|concern| concern.entry.id) else { return };
        let step: Body = MeldcodeStep { of, step: Step::ALL[at % 5], text: format!("stap {at}") }.into();
        self.append(journal, Bytes32(rand::random()), about(step)).await;
    }

    /// Lets somebody in, or takes them off.
    async fn let_in(&mut self, journal: JournalId, user: UserId, reads: bool) {
        let Some(file) = guarding::File::of(&self.caseload(journal).await) else { return };
        self.append(journal, Bytes32(rand::random()), about(Reader { of: file.begun_by, user, reads }.into())).await;
    }

    async fn sync(&self, open: bool, weather: Vec<Fate>) {
        self.way.0.weather.replace(weather.into());
        // Every wait is over.
        self.clock.0.set(self.clock.0.get() + 4_000_000);
        self.rounds.on(if open { Event::Opened } else { Event::Locked });
        self.rounds.on(Event::Wake);
        self.rounds.load().await;
        self.rounds.work(open.then_some(&self.desk)).await;
        self.way.0.weather.replace(VecDeque::new());
    }
}

fn weather(rng: &mut ChaCha8Rng) -> Vec<Fate> {
    let fate = |rng: &mut ChaCha8Rng| match rng.random_range(0..8) {
        0 => Fate::RequestLost,
        1 => Fate::AnswerLost,
        2 => Fate::Doubled,
        _ => Fate::Good,
    };
    (0..rng.random_range(0..10)).map(|_| fate(rng)).collect()
}

async fn live(seed: u64) -> (usize, usize) {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let mut server = TestServer::start().await;
    let neighbourhood = server.neighbourhood;
    let enrolled = [
        server.phone("samira", Role::Worker).await,
        server.phone("ineke", Role::Supervisor).await,
        server.phone("bert", Role::Worker).await,
        // One is let in some day; one is let in, and some day taken off.
        server.phone("kees", Role::Worker).await,
        server.phone("wim", Role::Worker).await,
    ];
    let mut phones = Vec::new();
    for phone in &enrolled {
        phones.push(Whole::of(phone).await);
    }
    let mut backups = 1;
    server = server.restart_after(|folder| copy(folder, &folder.join("backup-0"))).await;
    let ineke = phones[1].user;
    let journal = phones[0].found(neighbourhood, vec![ineke]).await;
    let (kees, wim) = (phones[3].user, phones[4].user);
    let (mut kees_reads, mut wim_reads) = (false, None);
    let mut restores = 0;
    for _ in 0..rng.random_range(12..30) {
        for phone in &phones {
            phone.way.0.base.replace(server.base());
        }
        let who = rng.random_range(0..5);
        match rng.random_range(0..17) {
            0..=3 => phones[[0, 1, 3][who % 3]].step(journal, rng.random_range(0..5)).await,
            4..=9 => phones[who].sync(rng.random(), weather(&mut rng)).await,
            10 => phones[who].again().await,
            14 if !kees_reads => {
                phones[0].let_in(journal, kees, true).await;
                kees_reads = true;
            }
            14..=16 => {
                let reads = wim_reads.is_none();
                if wim_reads != Some(false) {
                    phones[0].let_in(journal, wim, reads).await;
                    wim_reads = Some(reads);
                }
            }
            11 => {
                let name = format!("backup-{backups}");
                server = server.restart_after(|folder| copy(folder, &folder.join(name))).await;
                backups += 1;
            }
            _ => {
                let name = format!("backup-{}", rng.random_range(0..backups));
                server = server.restart_after(|folder| copy(&folder.join(name), folder)).await;
                server.storage().begin_epoch().await.unwrap();
                server = server.restart().await;
                restores += 1;
            }
        }
    }
    // The weather clears.
    for phone in &mut phones {
        phone.way.0.base.replace(server.base());
        phone.again().await;
    }
    for _ in 0..4 {
        for phone in &phones {
            phone.sync(true, Vec::new()).await;
        }
    }
    let saved: BTreeSet<EntryId> = phones.iter().flat_map(|phone| phone.saved.iter().copied()).collect();
    let lines = waakvlam::server::storage::Pull { journal, after: 0, chain: None, lines: 1_000, bytes: 1 << 20, erasures: 0 };
    let Some(waakvlam::server::storage::Pulled::Page { lines, .. }) = server.storage().pull(lines).await.unwrap() else {
        panic!("seed {seed}: the journal is not there")
    };
    let there: Vec<EntryId> = lines.iter().map(|line| line.entry.as_ref().unwrap().id).collect();
    assert_eq!(there.len(), saved.len(), "seed {seed}: lost or doubled");
    assert_eq!(there.iter().copied().collect::<BTreeSet<_>>(), saved, "seed {seed}");
    let reads = |who: usize| who < 2 || (who == 3 && kees_reads) || (who == 4 && wim_reads == Some(true));
    for phone in (0..5).filter(|who| reads(*who)).map(|who| &phones[who]) {
        assert!(phone.store.outbox().await.unwrap().is_empty(), "seed {seed}: something waits");
        let held: BTreeSet<EntryId> = phone.caseload(journal).await.entries.keys().copied().collect();
        assert_eq!(held, saved, "seed {seed}: a reader holds something else");
        let listed = phone.desk.me.borrow().as_ref().unwrap().journals.iter().any(|granted| granted.journal == journal);
        assert!(listed, "seed {seed}");
    }
    for phone in (2..5).filter(|who| !reads(*who)).map(|who| &phones[who]) {
        assert!(!phone.store.journals().await.unwrap().contains(&journal), "seed {seed}: a colleague has it");
        assert!(phone.desk.me.borrow().as_ref().unwrap().journals.iter().all(|granted| granted.journal != journal));
        assert!(server.storage().grant(phone.user, journal).await.unwrap().is_none_or(|grant| grant.revoked), "seed {seed}");
    }
    assert!(server.storage().grant(phones[2].user, journal).await.unwrap().is_none());
    (saved.len(), restores)
}

#[tokio::test]
async fn whatever_the_weather_and_the_backup_nothing_is_lost_and_nobody_else_is_let_in() {
    let seeds = std::env::var("WAAKVLAM_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(20);
    let (mut entries, mut restores) = (0, 0);
    for seed in 0..seeds {
        let (saved, restored) = live(seed).await;
        entries += saved;
        restores += restored;
    }
    println!("founded: seeds={seeds} entries={entries} restores={restores} lost=0 doubled=0");
}
