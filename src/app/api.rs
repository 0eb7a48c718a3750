//! The server, as the app sees it. What can be asked before signing in is [`Api`]; pushing takes a device's credential;
//! the rest goes with the session cookie, which the browser keeps away from us.
//!
//! Every request is [`Api::ask`], bytes for bytes; only reading the answer knows its type. So another request costs the phone a line.

use std::time::Duration;

use reqwest::header::{CONTENT_TYPE, RETRY_AFTER};
use reqwest::{Client, Method, StatusCode};
use serde::{Serialize, de::DeserializeOwned};

use crate::domain::{JournalId, UserId, json};
use crate::sync::APP_VERSION;
use crate::sync::engine::Fault;
use crate::sync::held::Cursor;
use crate::sync::problem::Problem;
use crate::sync::wire::{
    AddUser, Common, EnrolmentComplete, EnrolmentFound, EnrolmentLookup, Installation, JournalRow, Me, NeighbourhoodSummary,
    NewDevice, Offer, OfferAnswer, Probes, PullAnswer, Push, PushAnswer, Renew, Secret, SignIn, SignedIn, UserAdded, UserRow,
};

/// Why the server did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Nobody answered, or not in time: no signal, or the server is down.
    #[error("nobody answered")]
    Offline(#[source] reqwest::Error),
    /// It said no, and why.
    #[error("the server answered {}", .0.status)]
    Problem(Box<Problem>, Option<u64>),
    /// It answered with something else than what this version understands.
    #[error("the answer is not readable")]
    Unreadable,
}

/// The same, as the sync engine wants it.
impl From<ApiError> for Fault {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::Offline(why) if why.is_timeout() => Self::Slow,
            ApiError::Offline(_) => Self::Offline,
            ApiError::Problem(problem, retry) => Self::Status(problem.status, retry),
            ApiError::Unreadable => Self::Broken,
        }
    }
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Api {
    client: Client,
    origin: String,
}

const V1: &str = "/api/v1";
/// How long a request may take in all, in milliseconds, beside the time for what it sends. A page of a journal comes through in it at 3 kB/s.
const PATIENCE_MS: u64 = 45_000;
/// The slowest line that is waited for: a whole push takes another 64 s on it. A push that was too slow is tried again with half as much.
const BYTES_PER_MS: u64 = 8;

impl Default for Api {
    fn default() -> Self {
        let origin = leptos::prelude::window().location().origin().unwrap_or_default();
        Self { client: Client::new(), origin }
    }
}

impl Api {
    /// What a phone needs before anybody signs in.
    pub async fn installation(&self) -> Result<Installation, ApiError> {
        self.get("/installation").await
    }

    /// The words that a phrase is drawn from, one a line.
    pub async fn words(&self) -> Result<String, ApiError> {
        let bytes = self.ask(Method::GET, "/words.txt", None, None).await?;
        String::from_utf8(bytes).map_err(|_| ApiError::Unreadable)
    }

    /// Whom an enrolment code is for.
    pub async fn find_enrolment(&self, code: Secret) -> Result<EnrolmentFound, ApiError> {
        self.post("/enrolments/lookup", &EnrolmentLookup { code }).await
    }

    /// Makes the account; this phone is its first.
    pub async fn enrol(&self, request: &EnrolmentComplete) -> Result<SignedIn, ApiError> {
        self.post("/enrolments/complete", request).await
    }

    /// Signs in on a phone that does not know the account.
    pub async fn sign_in(&self, request: &SignIn) -> Result<SignedIn, ApiError> {
        self.post("/sessions", request).await
    }

    /// A new session for a phone that was opened.
    pub async fn renew(&self, request: &Renew) -> Result<Me, ApiError> {
        self.post("/sessions/renew", request).await
    }

    /// A new device id for this phone; needs a session.
    pub async fn register(&self, device: &NewDevice) -> Result<SignedIn, ApiError> {
        self.post("/devices", device).await
    }

    /// Pushes records as they lie.
    pub async fn push(&self, journal: JournalId, credential: &str, push: &Push) -> Result<PushAnswer, ApiError> {
        let path = format!("{V1}/journals/{journal}/pushes");
        read(&self.ask(Method::POST, &path, Some(credential), Some(push.to_json())).await?)
    }

    /// The page after a cursor.
    pub async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<PullAnswer, ApiError> {
        let query = cursor.map_or_else(
            || "after=0".to_owned(),
            |Cursor { seq, epoch, chain, erasures }| {
                let chain = chain.to_hex();
                format!("after={seq}&epoch={epoch}&chain={chain}&erasures={erasures}")
            },
        );
        self.get(&format!("/journals/{journal}/entries?{query}")).await
    }

    /// The last number that we have in common; after a restore.
    pub async fn common(&self, journal: JournalId, probes: &Probes) -> Result<Common, ApiError> {
        self.post(&format!("/journals/{journal}/common"), probes).await
    }

    /// Offers lines that the office lost.
    pub async fn offer(&self, journal: JournalId, offer: &Offer) -> Result<OfferAnswer, ApiError> {
        self.post(&format!("/journals/{journal}/offers"), offer).await
    }

    /// Everybody who can sign in; for the administrator.
    pub async fn users(&self) -> Result<Vec<UserRow>, ApiError> {
        self.get("/users").await
    }

    /// What there is to grant; for the administrator.
    pub async fn journals(&self) -> Result<Vec<JournalRow>, ApiError> {
        self.get("/journals").await
    }

    /// A new colleague and their one-time link; for the administrator.
    pub async fn add_user(&self, request: &AddUser) -> Result<UserAdded, ApiError> {
        self.post("/users", request).await
    }

    /// A new one-time link for somebody; for the administrator.
    pub async fn new_link(&self, user: UserId) -> Result<UserAdded, ApiError> {
        self.post(&format!("/users/{user}/link"), &()).await
    }

    /// The last closed quarter of each neighbourhood of mine; for the committee.
    pub async fn summaries(&self) -> Result<Vec<NeighbourhoodSummary>, ApiError> {
        self.get("/summaries").await
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        read(&self.ask(Method::GET, &format!("{V1}{path}"), None, None).await?)
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        read(&self.ask(Method::POST, &format!("{V1}{path}"), None, Some(written(body)?)).await?)
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        credential: Option<&str>,
        body: Option<Vec<u8>>,
    ) -> Result<Vec<u8>, ApiError> {
        let request = self.client.request(method, format!("{}{path}", self.origin));
        let mut request = request.header(APP_VERSION, env!("CARGO_PKG_VERSION"));
        if let Some(credential) = credential {
            request = request.bearer_auth(credential);
        }
        // A request that hangs ends: without it, it would keep all others waiting, and the screen hopeful.
        let sending = body.as_ref().map_or(0, |body| body.len() as u64 / BYTES_PER_MS);
        request = request.timeout(Duration::from_millis(PATIENCE_MS + sending));
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let answer = request.send().await.map_err(ApiError::Offline)?;
        let status = answer.status();
        let retry = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(|value| value.parse().ok());
        let body = answer.bytes().await;
        if status.is_success() {
            // A body that breaks off is a signal that was lost, not an answer that can't be read.
            return Ok(body.map_err(ApiError::Offline)?.into());
        }
        let problem = body.ok().and_then(|body| json::read(&body).ok()).unwrap_or_else(|| unnamed(status));
        Err(ApiError::Problem(Box::new(problem), retry))
    }
}

fn read<T: DeserializeOwned>(answer: &[u8]) -> Result<T, ApiError> {
    json::read(answer).map_err(|_| ApiError::Unreadable)
}

// What we write can be written: an error here would be an answer that nobody understands either.
fn written(body: &impl Serialize) -> Result<Vec<u8>, ApiError> {
    serde_json::to_vec(body).map_err(|_| ApiError::Unreadable)
}

// Something between us and the server answered in its place.
fn unnamed(status: StatusCode) -> Problem {
    Problem { r#type: "about:blank".to_owned(), title: String::new(), status: status.as_u16(), detail: None, errors: Vec::new() }
}
