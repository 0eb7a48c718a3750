//! Phones that push, what they were told, and the books that it must stand in.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::task::JoinHandle;
use tokio::time::sleep;
use waakvlam::domain::{EntryId, JournalId};
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::wire::{Line as PulledLine, Outcome, Page, PullAnswer, PushAnswer, Written};

use super::ground::Ground;
use super::line::{self, Answer, Line};
use super::office::Office;
use super::support::{Phone, visit};

/// Where a sender is.
pub const MOMENTS: [&str; 3] = ["between two pushes", "in the middle of a body", "sent, not answered"];
const BETWEEN: usize = 0;
const BODY: usize = 1;
const SENT: usize = 2;

/// So long a phone waits here before it sends again to a server that has no database.
const AGAIN: Duration = Duration::from_millis(20);

/// What stands in the journal, as far as it was pulled.
struct Book {
    journal: JournalId,
    page: Option<(u64, Page)>,
    held: HashMap<EntryId, (u64, Bytes32)>,
}

impl Book {
    fn of(journal: JournalId) -> Self {
        Self { journal, page: None, held: HashMap::new() }
    }

    /// Pulls what is new and checks it as a phone does: dense, chained.
    async fn pull(&mut self, phone: &Phone) {
        loop {
            let (mut seq, mut link, query) = match &self.page {
                None => (0, chain::START, "after=0".to_owned()),
                Some((seq, page)) => {
                    (*seq, page.chain, format!("after={seq}&epoch={}&chain={}", page.epoch, page.chain.to_hex()))
                }
            };
            let PullAnswer::Page(page) = phone.pull(self.journal, &query).await else {
                panic!("the chain is another one than before")
            };
            for line in &page.lines {
                let PulledLine::Entry(entry) = line else { panic!("nothing was erased") };
                assert_eq!(entry.seq, seq + 1, "numbers are dense");
                let commitment = chain::commitment(&entry.salt, entry.payload.get());
                (seq, link) = (entry.seq, chain::next(&link, entry.seq, entry.id, entry.author, &commitment));
                assert!(self.held.insert(entry.id, (seq, entry.receipt)).is_none(), "an entry stands there twice");
            }
            assert_eq!(page.chain, link, "the chain checks");
            let done = seq == page.head;
            self.page = Some((seq, page));
            if done {
                return;
            }
        }
    }
}

struct Batch {
    ids: Vec<EntryId>,
    request: Vec<u8>,
}

/// A phone that pushes, and what it was told.
struct Sender {
    phone: Phone,
    journal: JournalId,
    told: Vec<(EntryId, u64, Bytes32)>,
    checked: usize,
    unanswered: Option<Batch>,
    last: Option<(Vec<u8>, Vec<u8>)>,
    refused: usize,
}

/// A time of pushing.
struct Life {
    to: Vec<SocketAddr>,
    moment: Arc<AtomicUsize>,
    stop: Arc<AtomicBool>,
    push_time: Duration,
    rng: ChaCha8Rng,
}

impl Life {
    /// Sends a push, sometimes in two pieces with a pause between, and notes where it is.
    async fn send(&mut self, line: &mut Line, request: &[u8]) -> io::Result<Answer> {
        self.moment.store(BODY, Ordering::SeqCst);
        if self.rng.random_bool(0.4) {
            let (first, rest) = request.split_at(self.rng.random_range(1..request.len()));
            line.send(first).await?;
            sleep(self.push_time.mul_f64(self.rng.random())).await;
            line.send(rest).await?;
        } else {
            line.send(request).await?;
        }
        self.moment.store(SENT, Ordering::SeqCst);
        let answer = line.answer().await?;
        self.moment.store(BETWEEN, Ordering::SeqCst);
        Ok(answer)
    }
}

impl Sender {
    fn write(&mut self, rng: &mut ChaCha8Rng) -> Batch {
        let count = rng.random_range(1..=30);
        let written: Vec<Written> =
            (0..count).map(|i| self.phone.write(&visit(&"koffie gedronken, ".repeat(1 + i % 7)))).collect();
        let records = written.iter().map(|written| self.phone.seal(self.journal, written)).collect();
        Batch { ids: written.iter().map(|w| w.id).collect(), request: line::push(&self.phone, self.journal, records) }
    }

    /// Pushes until it is told to stop, or its only server is gone. Of several servers the next takes over, as behind a proxy.
    async fn live(mut self, mut life: Life) -> Self {
        let mut line = None;
        while !life.stop.load(Ordering::SeqCst) {
            let batch = match self.unanswered.take() {
                Some(batch) => batch,
                None => self.write(&mut life.rng),
            };
            let answer = match &mut line {
                Some(line) => life.send(line, &batch.request).await,
                None => match Line::open(life.to[0]).await {
                    Ok(opened) => life.send(line.insert(opened), &batch.request).await,
                    Err(why) => Err(why),
                },
            };
            match answer {
                Ok(Answer { status: 200, body, .. }) => self.answered(&batch, body),
                Ok(Answer { status: 503, .. }) => {
                    (self.unanswered, self.refused) = (Some(batch), self.refused + 1);
                    sleep(AGAIN).await;
                }
                Ok(Answer { status, body, .. }) => panic!("{status}: {}", String::from_utf8_lossy(&body)),
                Err(_) => {
                    self.unanswered = Some(batch);
                    if life.to.len() == 1 {
                        return self;
                    }
                    life.to.rotate_left(1);
                    line = None;
                }
            }
            if life.rng.random_bool(0.3) {
                sleep(life.push_time.mul_f64(life.rng.random())).await;
            }
        }
        self
    }

    fn answered(&mut self, batch: &Batch, body: Vec<u8>) {
        let numbers = numbers(&body);
        assert_eq!(numbers.len(), batch.ids.len(), "one result a record");
        self.told.extend(batch.ids.iter().zip(numbers).map(|(id, (seq, receipt))| (*id, seq, receipt)));
        self.last = Some((batch.request.clone(), body));
    }
}

fn numbers(body: &[u8]) -> Vec<(u64, Bytes32)> {
    let answer: PushAnswer = serde_json::from_slice(body).unwrap();
    let stored = answer.results.into_iter().map(|result| match result.outcome {
        Outcome::Stored { seq, receipt, cloned: false } => (seq, receipt),
        other => panic!("not stored: {other:?}"),
    });
    stored.collect()
}

/// What was seen.
#[derive(Default)]
pub struct Count {
    /// Where senders were when their server was killed; see [`MOMENTS`].
    pub moments: [usize; 3],
    /// Pushes sent again, with the same answer or numbers.
    pub sent_again: usize,
    /// Pushes without an answer that stood there afterwards, and that did not.
    pub unanswered_there: usize,
    pub unanswered_not_there: usize,
}

/// All of them, and their books.
pub struct Crowd {
    senders: Vec<Sender>,
    books: Vec<Book>,
    rng: ChaCha8Rng,
    /// How long a push takes while nobody does any harm: the middle one.
    pub push_time: Duration,
    pub count: Count,
}

/// Senders that are pushing.
pub struct Pushing {
    moments: Vec<Arc<AtomicUsize>>,
    stop: Arc<AtomicBool>,
    running: Vec<JoinHandle<Sender>>,
}

impl Crowd {
    /// So many phones on each journal. They push a little, to see how long it takes.
    pub async fn gather(ground: &Ground, office: &Office, each: usize, seed: u64) -> Self {
        let phones = ground.phones(office, each).await;
        let with_journal = ground.journals.iter().zip(phones);
        let senders = with_journal.flat_map(|(journal, phones)| phones.into_iter().map(|phone| (*journal, phone)));
        let senders = senders.map(|(journal, phone)| Sender {
            phone,
            journal,
            told: Vec::new(),
            checked: 0,
            unanswered: None,
            last: None,
            refused: 0,
        });
        let books = ground.journals.iter().map(|journal| Book::of(*journal)).collect();
        let rng = ChaCha8Rng::seed_from_u64(seed);
        let mut crowd = Self { senders: senders.collect(), books, rng, push_time: Duration::ZERO, count: Count::default() };
        crowd.measure(office).await;
        crowd
    }

    async fn measure(&mut self, office: &Office) {
        let mut times = Vec::new();
        let mut line = Line::open(office.address).await.unwrap();
        for _ in 0..5 {
            for sender in &mut self.senders {
                let batch = sender.write(&mut self.rng);
                let begun = Instant::now();
                line.send(&batch.request).await.unwrap();
                let answer = line.answer().await.unwrap();
                times.push(begun.elapsed());
                sender.answered(&batch, answer.body);
            }
        }
        times.sort_unstable();
        self.push_time = times[times.len() / 2];
    }

    /// Lets all of them push to these servers, spread over them.
    pub fn send_off(&mut self, to: &[&Office]) -> Pushing {
        let stop = Arc::<AtomicBool>::default();
        let moments: Vec<Arc<AtomicUsize>> = self.senders.iter().map(|_| Arc::default()).collect();
        let addresses: Vec<SocketAddr> = to.iter().map(|office| office.address).collect();
        let mut running = Vec::new();
        for (i, (sender, moment)) in self.senders.drain(..).zip(&moments).enumerate() {
            let mut to = addresses.clone();
            to.rotate_left(i % addresses.len());
            let rng = ChaCha8Rng::seed_from_u64(self.rng.random());
            let life = Life { to, moment: moment.clone(), stop: stop.clone(), push_time: self.push_time, rng };
            running.push(tokio::spawn(sender.live(life)));
        }
        Pushing { moments, stop, running }
    }

    /// Waits until their server is gone for all of them, which it is.
    pub async fn come_back(&mut self, pushing: Pushing) {
        for sender in pushing.running {
            self.senders.push(sender.await.unwrap());
        }
    }

    /// Notes where they are: at this moment a server is killed.
    pub fn note_moments(&mut self, pushing: &Pushing) {
        for moment in &pushing.moments {
            self.count.moments[moment.load(Ordering::SeqCst)] += 1;
        }
    }

    /// Asks a server for everything that was said: what was acknowledged stands there under the number that was told; of a push that had
    /// no answer all stands there, or nothing; and both, sent again, get the number that they have.
    pub async fn check(&mut self, office: &Office) {
        for sender in &mut self.senders {
            sender.phone.base = office.base();
        }
        for book in &mut self.books {
            let reader = self.senders.iter().find(|sender| sender.journal == book.journal).unwrap();
            book.pull(&reader.phone).await;
        }
        let mut line = Line::open(office.address).await.unwrap();
        for sender in &mut self.senders {
            let book = self.books.iter().find(|book| book.journal == sender.journal).unwrap();
            for (id, seq, receipt) in &sender.told[sender.checked..] {
                assert_eq!(book.held.get(id), Some(&(*seq, *receipt)), "acknowledged under {seq}, and lost or renumbered");
            }
            sender.checked = sender.told.len();
            if let Some((request, answered)) = &sender.last {
                line.send(request).await.unwrap();
                assert_eq!(line.answer().await.unwrap().body, *answered, "sent again, another answer");
                self.count.sent_again += 1;
            }
            let Some(batch) = sender.unanswered.take() else { continue };
            let before: Vec<_> = batch.ids.iter().filter_map(|id| book.held.get(id).copied()).collect();
            assert!(before.is_empty() || before.len() == batch.ids.len(), "half a push stands in the journal");
            line.send(&batch.request).await.unwrap();
            let answer = line.answer().await.unwrap();
            assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
            if before.is_empty() {
                self.count.unanswered_not_there += 1;
            } else {
                self.count.unanswered_there += 1;
                assert_eq!(numbers(&answer.body), before, "sent again, other numbers");
            }
            sender.answered(&batch, answer.body);
            self.count.sent_again += 1;
        }
    }

    /// Once more from the first number on, by a reader who knows nothing: what stands there is what was acknowledged. How much that is.
    pub async fn all_is_there(&mut self, office: &Office) -> usize {
        self.check(office).await;
        let mut held = 0;
        for old in &mut self.books {
            let reader = &self.senders.iter().find(|sender| sender.journal == old.journal).unwrap().phone;
            old.pull(reader).await;
            let mut new = Book::of(old.journal);
            new.pull(reader).await;
            assert!(new.held == old.held, "the journal is another one from its start");
            held += new.held.len();
        }
        assert_eq!(held, self.told(), "what stands there is what was acknowledged, each once");
        held
    }

    /// How many entries were acknowledged.
    pub fn told(&self) -> usize {
        self.senders.iter().map(|sender| sender.told.len()).sum()
    }

    /// How often a server said that it could not.
    pub fn refused(&self) -> usize {
        self.senders.iter().map(|sender| sender.refused).sum()
    }
}

impl Pushing {
    /// Tells them to stop after the push that is under way.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }
}
