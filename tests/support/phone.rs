//! What a phone does: draws keys, seals, pushes as it lies, pulls and checks.

use aes_gcm::aead::{Aead as _, OsRng, Payload as Sealing};
use aes_gcm::{Aes256Gcm, KeyInit as _, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::Utc;
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use rsa::pkcs8::DecodePublicKey as _;
use rsa::{Oaep, RsaPublicKey};
use serde::Serialize;
use sha2::Sha256;
use uuid::Uuid;
use waakvlam::domain::body::{Outcome as VisitOutcome, Visit, VisitKind};
use waakvlam::domain::{Body, DeviceId, EntryId, JournalId, Payload, PlaceId, Subject};
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::problem::Problem;
use waakvlam::sync::seal::outbox_aad;
use waakvlam::sync::wire::{
    Blob, EnrolmentComplete, Installation, Line, Me, NewDevice, Outcome, Page, PullAnswer, Push, PushAnswer, Renew, SealedRecord,
    Secret, SignIn, SignedIn, StoredEntry, Written,
};

/// A phone that is signed in.
pub struct Phone {
    pub base: String,
    pub http: Client,
    pub device: DeviceId,
    pub key: [u8; 32],
    pub login_key: Secret,
    pub me: Me,
    pub push_credential: Secret,
    pub renew_credential: Secret,
    pub cookie: String,
    pub n: u64,
}

/// What is sent to sign in: the phrase's stretching is tested apart.
pub fn login_key() -> Secret {
    Secret(STANDARD.encode(rand::random::<[u8; 32]>()))
}

/// A contact of the kind that one tap saves.
pub fn visit(note: &str) -> Payload {
    let mut visit = Visit::tile(VisitKind::Coffee, VisitOutcome::Spoken);
    visit.note = note.to_owned();
    payload(visit.into())
}

/// A payload about some place.
pub fn payload(body: Body) -> Payload {
    let subject = Subject::Place(PlaceId(Uuid::from_u128(7)));
    Payload { written_at: Utc::now(), clock_ahead_ms: None, subject, group: None, body }
}

/// The problem in an answer, which must be one.
pub async fn problem(answer: Response) -> Problem {
    assert_eq!(answer.headers()["content-type"], "application/problem+json");
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let status = answer.status();
    let problem: Problem = answer.json().await.unwrap();
    assert_eq!(problem.status, status.as_u16());
    assert!(!problem.title.is_empty() && problem.detail.is_some());
    problem
}

/// A device, as it is sent: its key encrypted to the server.
pub async fn new_device(http: &Client, base: &str, device: DeviceId, key: &[u8; 32]) -> NewDevice {
    let installation: Installation = http.get(format!("{base}/api/v1/installation")).send().await.unwrap().json().await.unwrap();
    let public_key = RsaPublicKey::from_public_key_der(&installation.outbox_public_key.0).unwrap();
    NewDevice { device, outbox_key: Blob(public_key.encrypt(&mut OsRng, Oaep::new::<Sha256>(), key).unwrap()) }
}

impl Phone {
    /// Opens a link.
    pub async fn enrol(base: &str, code: &str) -> Self {
        let (http, device, key, login_key) = (Client::new(), DeviceId(Uuid::new_v4()), rand::random(), login_key());
        let new = new_device(&http, base, device, &key).await;
        let body = EnrolmentComplete { code: Secret(code.to_owned()), login_key: login_key.clone(), device: new };
        let answer = http.post(format!("{base}/api/v1/enrolments/complete")).json(&body).send().await.unwrap();
        Self::signed_in(base, http, device, key, login_key, answer).await
    }

    /// Signs in on a new phone.
    pub async fn sign_in(base: &str, login_name: &str, login_key: &Secret) -> Self {
        let (http, device, key) = (Client::new(), DeviceId(Uuid::new_v4()), rand::random());
        let new = new_device(&http, base, device, &key).await;
        let body = SignIn { login_name: login_name.to_owned(), login_key: login_key.clone(), device: new };
        let answer = http.post(format!("{base}/api/v1/sessions")).json(&body).send().await.unwrap();
        Self::signed_in(base, http, device, key, login_key.clone(), answer).await
    }

    async fn signed_in(base: &str, http: Client, device: DeviceId, key: [u8; 32], login_key: Secret, answer: Response) -> Self {
        assert_eq!(answer.status(), StatusCode::CREATED);
        let cookie = cookie_of(&answer);
        let SignedIn { me, push_credential, renew_credential } = answer.json().await.unwrap();
        Self { base: base.to_owned(), http, device, key, login_key, me, push_credential, renew_credential, cookie, n: 0 }
    }

    /// A new session from the credential in the vault.
    pub async fn renew(&mut self) -> Response {
        let body = Renew { device: self.device, renew_credential: self.renew_credential.clone() };
        let answer = self.request(Method::POST, "/sessions/renew").json(&body).send().await.unwrap();
        if answer.status().is_success() {
            self.cookie = cookie_of(&answer);
        }
        answer
    }

    /// A request without anything that says who asks.
    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/api/v1{path}", self.base))
    }

    /// A request with the session.
    pub fn asks(&self, method: Method, path: &str) -> RequestBuilder {
        self.request(method, path).header("cookie", &self.cookie)
    }

    /// Writes an entry under the next number.
    pub fn write(&mut self, payload: &Payload) -> Written {
        self.n += 1;
        Written { id: EntryId(Uuid::now_v7()), n: self.n, salt: Bytes32(rand::random()), payload: payload.write().unwrap() }
    }

    /// An entry as it lies in the outbox.
    pub fn seal(&self, journal: JournalId, written: &Written) -> SealedRecord {
        self.seal_raw(journal, written.n, &serde_json::to_vec(written).unwrap())
    }

    /// Whatever bytes, sealed as an entry would be.
    pub fn seal_raw(&self, journal: JournalId, n: u64, raw: &[u8]) -> SealedRecord {
        let (nonce, aad) = (rand::random::<[u8; 12]>(), outbox_aad(self.device, journal, n));
        let sealing = Sealing { msg: raw, aad: aad.as_bytes() };
        let sealed = Aes256Gcm::new(&self.key.into()).encrypt(Nonce::from_slice(&nonce), sealing).unwrap();
        SealedRecord { n, sealed: Blob([nonce.as_slice(), &sealed].concat()) }
    }

    /// Sends whatever body as a push.
    pub async fn send(&self, journal: impl std::fmt::Display, body: &impl Serialize) -> Response {
        let request = self.request(Method::POST, &format!("/journals/{journal}/pushes")).bearer_auth(&self.push_credential.0);
        request.json(body).send().await.unwrap()
    }

    /// Pushes records, and expects them to be judged.
    pub async fn push_sealed(&self, journal: JournalId, records: Vec<SealedRecord>) -> Vec<Outcome> {
        let sent: Vec<u64> = records.iter().map(|record| record.n).collect();
        let answer = self.send(journal, &Push { device: self.device, records }).await;
        assert_eq!(answer.status(), StatusCode::OK);
        let answer: PushAnswer = answer.json().await.unwrap();
        assert_eq!(answer.results.iter().map(|result| result.n).collect::<Vec<_>>(), sent, "one result a record, in order");
        answer.results.into_iter().map(|result| result.outcome).collect()
    }

    /// Pushes entries.
    pub async fn push(&self, journal: JournalId, entries: &[Written]) -> Vec<Outcome> {
        self.push_sealed(journal, entries.iter().map(|written| self.seal(journal, written)).collect()).await
    }

    /// One page.
    pub async fn pull(&self, journal: JournalId, query: &str) -> PullAnswer {
        let answer = self.asks(Method::GET, &format!("/journals/{journal}/entries?{query}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answer.json().await.unwrap()
    }

    /// Everything, page by page, checked as a phone checks it: dense, and chained to the end. Also the last page's frame.
    pub async fn pull_all(&self, journal: JournalId) -> (Vec<StoredEntry>, Page) {
        let (mut entries, mut seq, mut link, mut query) = (Vec::new(), 0, chain::START, "after=0".to_owned());
        loop {
            let PullAnswer::Page(page) = self.pull(journal, &query).await else { panic!("diverged") };
            for line in &page.lines {
                match line {
                    Line::Entry(entry) => {
                        assert_eq!(entry.seq, seq + 1, "numbers are dense");
                        let commitment = chain::commitment(&entry.salt, entry.payload.get());
                        (seq, link) = (entry.seq, chain::next(&link, entry.seq, entry.id, entry.author, &commitment));
                        entries.push((**entry).clone());
                    }
                    Line::Erased(run) => {
                        assert_eq!(run.from, seq + 1, "numbers are dense");
                        (seq, link) = (run.to, run.chain);
                    }
                }
            }
            assert_eq!(page.chain, link, "the chain checks");
            if seq == page.head {
                return (entries, page);
            }
            assert!(!page.lines.is_empty(), "a page goes on");
            query = format!("after={seq}&epoch={}&chain={}", page.epoch, page.chain.to_hex());
        }
    }
}

fn cookie_of(answer: &Response) -> String {
    let set = answer.headers()["set-cookie"].to_str().unwrap();
    for attribute in ["__Host-", "; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict"] {
        assert!(set.contains(attribute), "{attribute} is missing");
    }
    set.split(';').next().unwrap().to_owned()
}

/// Some device, as it is sent.
pub async fn new_device_of(base: &str) -> NewDevice {
    new_device(&Client::new(), base, DeviceId(Uuid::new_v4()), &rand::random()).await
}
