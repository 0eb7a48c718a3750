//! Who asks, and with what in the hand.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Duration, Utc};
use reqwest::{Method, RequestBuilder, Response};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;
use waakvlam::domain::body::Founding;
use waakvlam::domain::{EntryId, JournalId, JournalKind, Payload, Role};
use waakvlam::server::storage::NewSession;
use waakvlam::sync::chain::{self, Bytes32};
use waakvlam::sync::wire::{EnrolmentComplete, EnrolmentLookup, Push, Renew, Secret, SignIn, Written};

use super::super::support::{Phone, TestServer, code, login_key, new_device_of, payload, visit};
use super::body;
use super::table::Row;

/// Somebody, and what they show.
pub struct Asker {
    /// Whose device seals what is pushed.
    phone: Phone,
    cookie: Option<String>,
    bearer: Option<Secret>,
}

/// What the rows name.
pub struct House {
    other: JournalId,
    closed: JournalId,
    organisation: JournalId,
    administration: JournalId,
    /// Somebody who has a phrase, and whom nobody asks as.
    signed_up: Phone,
    revoked: Phone,
    drawn: AtomicU32,
}

impl House {
    pub async fn new(server: &TestServer) -> Self {
        let add = async |kind, name| server.storage().add_journal(kind, name).await.unwrap().unwrap();
        let (other, closed) = (add(JournalKind::Neighbourhood, "Elders").await, add(JournalKind::Closed, "Overleg").await);
        let journals = server.storage().journals().await.unwrap();
        let of = |kind| journals.iter().find(|row| row.kind == kind).unwrap().journal;
        let revoked = server.phone("afgemeld", Role::Worker).await;
        server.storage().revoke_device(revoked.device, Utc::now()).await.unwrap();
        Self {
            other,
            closed,
            organisation: of(JournalKind::Organisation),
            administration: of(JournalKind::Administration),
            signed_up: server.phone("ingeschreven", Role::Worker).await,
            revoked,
            drawn: AtomicU32::new(0),
        }
    }

    /// In the order of [`super::table::WHO`].
    pub async fn askers(&self, server: &TestServer) -> Vec<Asker> {
        let storage = server.storage();
        let person = async |name: &str, role| {
            let phone = server.phone(name, role).await;
            Asker { cookie: Some(phone.cookie.clone()), bearer: Some(phone.push_credential.clone()), phone }
        };
        let nobody = Asker { cookie: None, bearer: None, phone: server.phone("niemand", Role::Worker).await };
        let mut askers = vec![nobody];
        for role in Role::ALL {
            askers.push(person(role.as_str(), role).await);
        }
        askers.push(Asker { cookie: None, ..person("versturen", Role::Administrator).await });
        askers.push(Asker { bearer: None, ..person("kijken", Role::Worker).await });
        let misused = person("verlengen", Role::Administrator).await;
        let renew = misused.phone.renew_credential.clone();
        askers.push(Asker { cookie: Some(cookie(&renew)), bearer: Some(renew), ..misused });
        let lapsed = person("verlopen", Role::Administrator).await;
        let token = Secret("verlopen".to_owned());
        let hash = Bytes32(Sha256::digest(token.0.as_bytes()).into());
        let (user, device, expires) = (lapsed.phone.me.user, lapsed.phone.device, Utc::now() - Duration::seconds(1));
        storage.add_session(&NewSession { hash, user, device, expires }, DateTime::UNIX_EPOCH).await.unwrap();
        askers.push(Asker { cookie: Some(cookie(&token)), bearer: None, ..lapsed });
        let revoked = person("kwijt", Role::Worker).await;
        storage.revoke_device(revoked.phone.device, Utc::now()).await.unwrap();
        askers.push(revoked);
        let former = person("weg", Role::Worker).await;
        storage.revoke_grant(former.phone.me.user, server.neighbourhood, Utc::now()).await.unwrap();
        askers.push(former);
        askers
    }

    /// Asks as a row says, with a right body.
    pub async fn ask(&self, server: &TestServer, row: &Row, asker: &Asker) -> Response {
        let request = self.request(server, row, asker);
        let request = match self.body(server, row, asker).await {
            Some(body) => request.json(&body),
            None => request,
        };
        request.send().await.unwrap()
    }

    /// The request without its body.
    pub fn request(&self, server: &TestServer, row: &Row, asker: &Asker) -> RequestBuilder {
        let id = match row.which {
            "no id" => "geen-nummer".to_owned(),
            "known" => self.signed_up.me.user.to_string(),
            "other" => self.other.to_string(),
            "closed" => self.closed.to_string(),
            "organisation" => self.organisation.to_string(),
            "administration" => self.administration.to_string(),
            "unknown" => Uuid::new_v4().to_string(),
            "founded" | "founded elsewhere" => self.founding(server, row, asker).0.to_string(),
            _ => server.neighbourhood.to_string(),
        };
        let path = row.path.replace("{journal}", &id).replace("{user}", &id);
        let mut request = asker.phone.request(row.method.clone(), &path);
        if let Some(cookie) = &asker.cookie {
            request = request.header("cookie", cookie);
        }
        if let Some(bearer) = &asker.bearer {
            request = request.bearer_auth(&bearer.0);
        }
        request
    }

    async fn body(&self, server: &TestServer, row: &Row, asker: &Asker) -> Option<Value> {
        let base = server.base();
        let (login_key_of, name) = (|phone: &Phone| phone.login_key.clone(), || format!("nieuw-{}", self.next()));
        let of = &self.signed_up;
        Some(match (&row.method, row.path, row.which) {
            (&Method::POST, "/enrolments/lookup", which) => body(EnrolmentLookup { code: self.code(server, which).await }),
            (&Method::POST, "/enrolments/complete", which) => {
                let (code, device) = (self.code(server, which).await, new_device_of(&base).await);
                body(EnrolmentComplete { code, login_key: login_key(), device })
            }
            (&Method::POST, "/sessions", which) => {
                let login_name = if which == "no such name" { name() } else { of.me.login_name.clone() };
                let login_key = if which == "wrong phrase" { login_key() } else { login_key_of(of) };
                body(SignIn { login_name, login_key, device: new_device_of(&base).await })
            }
            (&Method::POST, "/sessions/renew", which) => {
                let phone = if which == "revoked device" { &self.revoked } else { of };
                let device = if which == "other device" { asker.phone.device } else { phone.device };
                body(Renew { device, renew_credential: phone.renew_credential.clone() })
            }
            (&Method::POST, "/devices", which) => {
                let mut device = new_device_of(&base).await;
                if which == "another's" {
                    device.device = of.device;
                }
                body(device)
            }
            (&Method::POST, "/users", which) => {
                let login_name = if which == "taken" { of.me.login_name.clone() } else { name() };
                json!({ "login_name": login_name, "name": "Nieuw", "role": "worker", "journals": [server.neighbourhood] })
            }
            (&Method::POST, "/users/{user}/link", _) => Value::Null,
            (&Method::POST, "/journals/{journal}/pushes", "founded" | "founded elsewhere") => {
                let (journal, written) = self.founding(server, row, asker);
                body(Push { device: asker.phone.device, records: vec![asker.phone.seal(journal, &written)] })
            }
            (&Method::POST, "/journals/{journal}/pushes", which) => {
                let journal = match which {
                    "organisation" => self.organisation,
                    "administration" => self.administration,
                    _ => server.neighbourhood,
                };
                let (id, salt) = (EntryId(Uuid::now_v7()), Bytes32(rand::random()));
                let written = Written { id, n: u64::from(self.next()) + 1, salt, payload: visit("koffie").write().unwrap() };
                let device = if which == "of another device" { of.device } else { asker.phone.device };
                body(Push { device, records: vec![asker.phone.seal(journal, &written)] })
            }
            (&Method::POST, "/journals/{journal}/common", _) => json!({ "probes": [] }),
            (&Method::POST, "/journals/{journal}/offers", _) => json!({ "entries": [] }),
            (&Method::POST, path, which) => panic!("POST {path} ({which}) needs a body: write it here"),
            _ => return None,
        })
    }

    /// The closed journal that an asker founds, and its founding: each time the same.
    fn founding(&self, server: &TestServer, row: &Row, asker: &Asker) -> (JournalId, Written) {
        let neighbourhood = if row.which == "founded" { server.neighbourhood } else { self.other };
        let founding = Founding { neighbourhood, with: Vec::new() };
        let payload = Payload { written_at: DateTime::UNIX_EPOCH, ..payload(founding.into()) }.write().unwrap();
        let (id, salt) = (EntryId(Uuid::now_v7()), Bytes32([7; 32]));
        let journal = chain::founded(asker.phone.me.user, &chain::commitment(&salt, payload.get()));
        (journal, Written { id, n: u64::from(self.next()) + 1, salt, payload })
    }

    fn next(&self) -> u32 {
        self.drawn.fetch_add(1, Ordering::Relaxed)
    }

    async fn code(&self, server: &TestServer, which: &str) -> Secret {
        if which == "no such code" {
            return Secret("AAAA-AAAA-AAAA-AAAA".to_owned());
        }
        let (_, link) = server.add(&format!("link-{}", self.next()), Role::Worker, &[]).await;
        Secret(code(&link))
    }
}

fn cookie(token: &Secret) -> String {
    format!("__Host-waakvlam={}", token.0)
}
