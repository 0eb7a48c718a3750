//! The server, as the app sees it. What can be asked before signing in is [`Api`]; pushing takes a device's credential;
//! the rest goes with the session cookie, which the browser keeps away from us.

use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde::{Serialize, de::DeserializeOwned};

use crate::domain::{JournalId, UserId};
use crate::sync::engine::Fault;
use crate::sync::held::Cursor;
use crate::sync::problem::Problem;
use crate::sync::wire::{
    AddUser, EnrolmentComplete, EnrolmentFound, EnrolmentLookup, Installation, JournalRow, Me, NewDevice, PullAnswer, Push,
    PushAnswer, Renew, Secret, SignIn, SignedIn, UserAdded, UserRow,
};

/// Why the server did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// Nobody answered: no signal, or the server is down.
    #[error("nobody answered")]
    Offline(#[source] reqwest::Error),
    /// It said no, and why.
    #[error("the server answered {}", .0.status)]
    Problem(Box<Problem>, Option<u64>),
    /// It answered with something else than what this version understands.
    #[error("the answer is not readable")]
    Unreadable(#[source] Option<reqwest::Error>),
}

impl ApiError {
    /// The same, as the sync engine wants it.
    #[must_use]
    pub fn fault(&self) -> Fault {
        match self {
            Self::Offline(_) => Fault::Offline,
            Self::Problem(problem, retry) => Fault::Status(problem.status, *retry),
            Self::Unreadable(_) => Fault::Broken,
        }
    }
}

/// See the module.
#[derive(Clone, Debug)]
pub struct Api {
    client: Client,
    base: String,
}

impl Default for Api {
    fn default() -> Self {
        let origin = leptos::prelude::window().location().origin().unwrap_or_default();
        Self { client: Client::new(), base: format!("{origin}/api/v1") }
    }
}

impl Api {
    /// What a phone needs before anybody signs in.
    pub async fn installation(&self) -> Result<Installation, ApiError> {
        self.get("/installation").await
    }

    /// The words that a phrase is drawn from, one a line.
    pub async fn words(&self) -> Result<String, ApiError> {
        let origin = self.base.trim_end_matches("/api/v1");
        let answer = self.client.get(format!("{origin}/words.txt")).send().await.map_err(ApiError::Offline)?;
        answer
            .error_for_status()
            .map_err(|why| ApiError::Unreadable(Some(why)))?
            .text()
            .await
            .map_err(|why| ApiError::Unreadable(Some(why)))
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
        let request = self.request(Method::POST, &format!("/journals/{journal}/pushes")).bearer_auth(credential).json(push);
        read(request.send().await).await
    }

    /// The page after a cursor.
    pub async fn pull(&self, journal: JournalId, cursor: Option<Cursor>) -> Result<PullAnswer, ApiError> {
        let query = cursor.map_or_else(
            || "after=0".to_owned(),
            |cursor| format!("after={}&epoch={}&chain={}", cursor.seq, cursor.epoch, cursor.chain.to_hex()),
        );
        self.get(&format!("/journals/{journal}/entries?{query}")).await
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

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        read(self.request(Method::GET, path).send().await).await
    }

    async fn post<T: DeserializeOwned>(&self, path: &str, body: &impl Serialize) -> Result<T, ApiError> {
        read(self.request(Method::POST, path).json(body).send().await).await
    }
}

async fn read<T: DeserializeOwned>(answer: Result<Response, reqwest::Error>) -> Result<T, ApiError> {
    let answer = answer.map_err(ApiError::Offline)?;
    let status = answer.status();
    if status.is_success() {
        // A body that breaks off is a signal that was lost, not an answer that can't be read.
        let body = answer.bytes().await.map_err(ApiError::Offline)?;
        return serde_json::from_slice(&body).map_err(|_| ApiError::Unreadable(None));
    }
    let retry = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(|value| value.parse().ok());
    let problem =
        answer.bytes().await.ok().and_then(|body| serde_json::from_slice(&body).ok()).unwrap_or_else(|| unnamed(status));
    Err(ApiError::Problem(Box::new(problem), retry))
}

// Something between us and the server answered in its place.
fn unnamed(status: StatusCode) -> Problem {
    Problem { r#type: "about:blank".to_owned(), title: String::new(), status: status.as_u16(), detail: None, errors: Vec::new() }
}
