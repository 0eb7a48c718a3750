//! Users, their links, and signing in.
//!
//! # Why the login key needs no slow hash here
//!
//! A phrase is never chosen: the app draws five words out of 7,776, 2⁶⁴ possibilities. The phone runs 600,000
//! rounds of PBKDF2 over it and sends only HKDF("login") of the result. Whoever copies our table must do those 600,000 rounds for
//! every guess among 2⁶⁴, whatever we do on top; so the server keeps HMAC-SHA-256(random salt, login key). That also leaves
//! nobody a way to keep it busy with sign-ins.

use anyhow::Context as _;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Duration, SubsecRound as _, Utc};
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use super::Server;
use super::credentials::{code, hash, hash_code, token};
use super::keyring::OutboxKey;
use super::problem::{ApiError, field};
use super::storage::{Asker, Completed, Credential, Enrolment, NewDevice, NewEnrolment, NewSession, NewUser};
use crate::domain::body::Staff;
use crate::domain::rights::may_read;
use crate::domain::{JournalId, JournalKind, Payload, PersonId, Role, Subject, UserId};
use crate::sync::ENROLMENT_HOURS;
use crate::sync::seal::{HKDF_LOGIN, KEY_BYTES, PBKDF2_ROUNDS, login_salt};
use crate::sync::wire::{self, EnrolmentComplete, EnrolmentFound, Me, Renew, Secret, SignIn, SignedIn};

/// How long a session lasts.
pub const SESSION_HOURS: i64 = 12;
/// A device holds at most this many journals.
const JOURNALS: usize = 10;
const SALT_BYTES: usize = 16;

/// The login key of a phrase, as a phone makes it: for the demonstration and for tests.
#[must_use]
pub fn login_key_for(installation: Uuid, login_name: &str, phrase: &str) -> Secret {
    let phrase = crate::domain::passphrase::normalise(phrase);
    let salt = login_salt(installation, login_name);
    let stretched = pbkdf2::pbkdf2_hmac_array::<Sha256, KEY_BYTES>(phrase.as_bytes(), &salt, PBKDF2_ROUNDS);
    let mut key = [0; KEY_BYTES];
    // 32 bytes are one block of HKDF-SHA-256: it has no way to fail.
    let expanded = Hkdf::<Sha256>::new(Some(&[]), &stretched).expand(HKDF_LOGIN.as_bytes(), &mut key);
    debug_assert!(expanded.is_ok());
    Secret(STANDARD.encode(key))
}

/// What is kept of a login key: salt ‖ HMAC-SHA-256(salt, key).
#[must_use]
pub fn login_hash(login_key: &Secret) -> Vec<u8> {
    let salt: [u8; SALT_BYTES] = rand::random();
    salted(&salt, login_key)
}

fn salted(salt: &[u8], login_key: &Secret) -> Vec<u8> {
    let Ok(mut mac) = <Hmac<Sha256> as hmac::Mac>::new_from_slice(salt) else { return Vec::new() };
    mac.update(login_key.0.as_bytes());
    #[cfg(test)]
    tests::HASHED.with_borrow_mut(|hashed| hashed.push((salt.len(), login_key.0.len())));
    [salt, &mac.finalize().into_bytes()].concat()
}

fn right(kept: &[u8], login_key: &Secret) -> bool {
    let (salt, _) = kept.split_at(SALT_BYTES.min(kept.len()));
    let theirs = salted(salt, login_key);
    !theirs.is_empty() && theirs.ct_eq(kept).into()
}

/// What is compared with when nobody has that name, or has no phrase yet: no key is right for it.
const NOBODY: [u8; SALT_BYTES + KEY_BYTES] = [0; SALT_BYTES + KEY_BYTES];

/// Who signs in, if the key is right. One HMAC over as many bytes and one comparison, whoever it is and whether there is such a name: how
/// long it takes tells nothing.
fn who_signs_in(found: Option<(UserId, Option<Vec<u8>>)>, login_key: &Secret) -> Option<UserId> {
    let (user, kept) = found.unzip();
    let right = right(kept.flatten().as_deref().unwrap_or(&NOBODY), login_key);
    user.filter(|_| right)
}

/// A session's token, to be set as a cookie.
pub(super) struct Token(pub Secret);

/// Somebody to be added.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// 3–40 letters a–z, digits, dot or dash.
    pub login_name: String,
    /// The name that colleagues see.
    pub name: String,
    /// What the account is for.
    pub role: Role,
    /// The neighbourhoods' journals.
    pub journals: Vec<JournalId>,
    /// The login key, where the phrase is known already: then there is no link.
    pub login_key: Option<Secret>,
}

/// A one-time link.
#[derive(Clone, Debug)]
pub struct Link {
    /// For whom.
    pub user: UserId,
    /// The path and fragment.
    pub path: String,
    /// Until when it works.
    pub valid_until: DateTime<Utc>,
}

/// What was not added.
#[derive(Debug, thiserror::Error)]
pub enum NotAdded {
    /// What is wrong with it: pointers and reasons in Dutch.
    #[error("{}", .0.iter().map(|error| format!("{}: {}", error.pointer, error.detail)).collect::<Vec<_>>().join("; "))]
    Invalid(Vec<crate::sync::problem::FieldError>),
    /// Somebody has that login name.
    #[error("that login name is taken")]
    NameTaken,
    /// The database failed.
    #[error(transparent)]
    Storage(#[from] super::storage::StorageError),
}

impl Server {
    /// Adds somebody, with their grants, their line in the organisation's journal and a link (none if the phrase is known).
    ///
    /// # Errors
    /// Everything that is wrong with it together; the name is taken; the database failed.
    pub async fn add_account(&self, account: &NewAccount) -> Result<(UserId, Option<Link>), NotAdded> {
        let login_name = account.login_name.trim().to_lowercase();
        let name = account.name.trim();
        let journals = self.storage.journals().await?;
        let mut errors = Vec::new();
        if !(3..=40).contains(&login_name.len())
            || !login_name.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'.' || c == b'-')
        {
            errors.push(field("/login_name", "Gebruik 3 tot 40 letters a–z, cijfers, punten of streepjes."));
        }
        if name.is_empty() || account.name.chars().count() > 80 || name.chars().any(char::is_control) {
            errors.push(field("/name", "Vul een naam in van hooguit 80 tekens."));
        }
        for (i, journal) in account.journals.iter().enumerate() {
            if !journals.iter().any(|row| row.journal == *journal && row.kind == JournalKind::Neighbourhood) {
                errors.push(field(&format!("/journals/{i}"), "Deze buurt bestaat niet."));
            }
        }
        if !errors.is_empty() {
            return Err(NotAdded::Invalid(errors));
        }
        let now = Utc::now();
        let user = UserId(Uuid::new_v4());
        let (enrolment, link) = match account.login_key {
            Some(_) => (None, None),
            None => {
                let (enrolment, link) = new_link(user, now);
                (Some(enrolment), Some(link))
            }
        };
        let of_all = journals.iter().filter(|row| row.kind != JournalKind::Neighbourhood && may_read(account.role, row.kind));
        let of_all = of_all.filter(|row| row.kind != JournalKind::Closed).map(|row| row.journal);
        let organisation = journals.iter().filter(|row| row.kind == JournalKind::Organisation);
        let staff = Payload {
            written_at: now,
            clock_ahead_ms: None,
            subject: Subject::Person(PersonId(user.0)),
            group: None,
            body: Staff { name: name.to_owned(), role: account.role }.into(),
        };
        let staff = staff.write().map_err(|_| super::storage::StorageError::Corrupt("a name"))?.get().to_owned();
        let new = NewUser {
            user,
            login_name,
            name: name.to_owned(),
            role: account.role,
            login: account.login_key.as_ref().map(login_hash),
            grants: of_all.chain(account.journals.iter().copied()).map(|journal| (journal, account.role)).collect(),
            enrolment,
            said: organisation.map(|row| (row.journal, staff.clone())).collect(),
            at: now,
        };
        if self.storage.add_user(&new).await? { Ok((user, link)) } else { Err(NotAdded::NameTaken) }
    }

    /// A new link for somebody who forgot the phrase, or whose link is too old. The earlier ones no longer work.
    pub(super) async fn new_link(&self, user: UserId) -> Result<Link, ApiError> {
        let now = Utc::now();
        let (enrolment, link) = new_link(user, now);
        if self.storage.add_enrolment(user, &enrolment, now).await? { Ok(link) } else { Err(ApiError::NotFound) }
    }

    /// Whom a code is for.
    pub(super) async fn find_enrolment(&self, code: &Secret) -> Result<EnrolmentFound, ApiError> {
        let Enrolment { login_name, name, expires, .. } = self.usable(code).await?;
        Ok(EnrolmentFound { login_name, name, valid_until: expires })
    }

    async fn usable(&self, code: &Secret) -> Result<Enrolment, ApiError> {
        match self.storage.enrolment(hash_code(code)).await? {
            None => Err(ApiError::UnknownCode),
            Some(enrolment) if enrolment.used => Err(ApiError::UsedCode),
            Some(enrolment) if enrolment.expires <= Utc::now() => Err(ApiError::ExpiredCode),
            Some(enrolment) => Ok(enrolment),
        }
    }

    /// The phrase is drawn: the account is theirs, and this phone is signed in.
    pub(super) async fn enrol(&self, request: &EnrolmentComplete) -> Result<(SignedIn, Token), ApiError> {
        let enrolment = self.usable(&request.code).await?;
        check_login_key(&request.login_key)?;
        let now = Utc::now();
        let drawn = self.draw(enrolment.user, &request.device, "/device", now).await?;
        let login = login_hash(&request.login_key);
        let code = hash_code(&request.code);
        match self.storage.complete_enrolment(code, &login, &drawn.device, &drawn.session, now).await? {
            Completed::Done => self.signed_in(drawn, now).await,
            Completed::Unknown => Err(ApiError::UnknownCode),
            Completed::Expired => Err(ApiError::ExpiredCode),
            Completed::Used => Err(ApiError::UsedCode),
            Completed::DeviceTaken => Err(ApiError::DeviceTaken),
        }
    }

    /// Signs in on a phone. An unknown name and a wrong phrase give the same answer after the same work.
    pub(super) async fn sign_in(&self, request: &SignIn) -> Result<(SignedIn, Token), ApiError> {
        let login_name = request.login_name.trim().to_lowercase();
        let found = self.storage.login(&login_name).await?;
        let user = who_signs_in(found, &request.login_key).ok_or(ApiError::WrongPhrase)?;
        self.add_device(user, &request.device, "/device").await
    }

    /// Registers a device for somebody who is signed in: a phone that was cloned takes a new id.
    pub(super) async fn register(&self, user: UserId, device: &wire::NewDevice) -> Result<(SignedIn, Token), ApiError> {
        self.add_device(user, device, "").await
    }

    async fn add_device(&self, user: UserId, device: &wire::NewDevice, at: &str) -> Result<(SignedIn, Token), ApiError> {
        let now = Utc::now();
        let drawn = self.draw(user, device, at, now).await?;
        if !self.storage.add_device(&drawn.device, &drawn.session).await? {
            return Err(ApiError::DeviceTaken);
        }
        self.signed_in(drawn, now).await
    }

    /// A new session for a phone that was opened.
    pub(super) async fn renew(&self, request: &Renew) -> Result<(Me, Token), ApiError> {
        let found = self.storage.device(Credential::Renew, hash(&request.renew_credential)).await?;
        let device = found.filter(|found| found.device == request.device && !found.revoked).ok_or(ApiError::NotSignedIn)?;
        let now = Utc::now();
        let (session, token) = new_session(device.user, device.device, now);
        if !self.storage.add_session(&session, now).await? {
            return Err(ApiError::NotSignedIn);
        }
        Ok((self.me_of(&session, now).await?, token))
    }

    /// Who somebody is and what they may read.
    pub(super) async fn me(&self, asker: Asker, now: DateTime<Utc>) -> Result<Me, ApiError> {
        let mut journals = self.storage.grants(asker.user).await?;
        journals.retain(|granted| may_read(granted.role, granted.kind));
        // What is left out is counted, and pulled by nobody: closed journals in which nothing was written for the longest.
        let more = journals.len().saturating_sub(JOURNALS) as u64;
        journals.truncate(JOURNALS);
        let Asker { user, login_name, name, role, .. } = asker;
        Ok(Me { user, login_name, name, role, journals, more, now: now.trunc_subsecs(3) })
    }

    async fn me_of(&self, session: &NewSession, now: DateTime<Utc>) -> Result<Me, ApiError> {
        let asker = self.storage.session(session.hash, now).await?.ok_or(ApiError::NotSignedIn)?;
        self.me(asker, now).await
    }

    async fn signed_in(&self, drawn: Drawn, now: DateTime<Utc>) -> Result<(SignedIn, Token), ApiError> {
        let me = self.me_of(&drawn.session, now).await?;
        Ok((SignedIn { me, push_credential: drawn.push, renew_credential: drawn.renew }, drawn.token))
    }

    /// Draws what a device gets, and opens the outbox key that it registers. `at` is where the device stands in the request.
    async fn draw(&self, user: UserId, device: &wire::NewDevice, at: &str, now: DateTime<Utc>) -> Result<Drawn, ApiError> {
        let key = self.outbox_key(device, at).await?;
        let (push, renew) = (token(), token());
        let (session, token) = new_session(user, device.device, now);
        let device = NewDevice {
            device: device.device,
            user,
            outbox_key: self.keyring.wrap(device.device, &key),
            outbox_mark: key.mark(device.device),
            push: hash(&push),
            renew: hash(&renew),
        };
        Ok(Drawn { device, session, push, renew, token })
    }

    async fn outbox_key(&self, device: &wire::NewDevice, at: &str) -> Result<OutboxKey, ApiError> {
        let keyring = self.keyring.clone();
        let encrypted = device.outbox_key.clone();
        let opened = tokio::task::spawn_blocking(move || keyring.decrypt_outbox_key(&encrypted)).await;
        let opened = opened.context("opening an outbox key").map_err(ApiError::Internal)?;
        opened.ok_or_else(|| {
            ApiError::Invalid(vec![field(&format!("{at}/outbox_key"), "Geen sleutel die deze server kan openen.")])
        })
    }
}

/// What a device gets, and what is kept of it.
struct Drawn {
    device: NewDevice,
    session: NewSession,
    push: Secret,
    renew: Secret,
    token: Token,
}

fn new_session(user: UserId, device: crate::domain::DeviceId, now: DateTime<Utc>) -> (NewSession, Token) {
    let token = token();
    let session = NewSession { hash: hash(&token), user, device, expires: now + Duration::hours(SESSION_HOURS) };
    (session, Token(token))
}

fn new_link(user: UserId, now: DateTime<Utc>) -> (NewEnrolment, Link) {
    let code = code();
    let valid_until = (now + Duration::hours(ENROLMENT_HOURS)).trunc_subsecs(0);
    let path = format!("/aanmelden#{}", code.0);
    (NewEnrolment { code: hash_code(&code), expires: valid_until }, Link { user, path, valid_until })
}

fn check_login_key(login_key: &Secret) -> Result<(), ApiError> {
    let decoded = STANDARD.decode(&login_key.0).unwrap_or_default();
    if decoded.len() == KEY_BYTES {
        return Ok(());
    }
    Err(ApiError::Invalid(vec![field("/login_key", "Geen 32 bytes in base64.")]))
}

#[cfg(test)]
mod tests {
    use super::super::credentials::random32;
    use super::*;

    thread_local! {
        /// What went into each HMAC.
        pub(super) static HASHED: std::cell::RefCell<Vec<(usize, usize)>> = const { std::cell::RefCell::new(Vec::new()) };
    }

    #[test]
    fn a_known_and_an_unknown_name_cost_the_same() {
        let [right, wrong] = [random32(), random32()].map(|bytes| Secret(STANDARD.encode(bytes)));
        let user = UserId(Uuid::nil());
        let known = || Some((user, Some(login_hash(&right))));
        let hashed = |found, key| {
            HASHED.take();
            (who_signs_in(found, key), HASHED.take())
        };
        let (somebody, work) = hashed(known(), &right);
        assert_eq!((somebody, work.len()), (Some(user), 1));
        let others = [(known(), &wrong), (Some((user, None)), &right), (None, &right), (None, &wrong)];
        for (found, key) in others {
            assert_eq!(hashed(found, key), (None, work.clone()));
        }
    }

    #[test]
    fn a_login_key_is_right_for_its_own_hash_only() {
        let key = Secret(STANDARD.encode(random32()));
        let kept = login_hash(&key);
        assert!(right(&kept, &key));
        assert!(!right(&kept, &Secret(STANDARD.encode(random32()))));
        assert!(!right(&[0; SALT_BYTES + KEY_BYTES], &key));
        assert!(!right(&[], &key));
        assert_ne!(kept, login_hash(&key), "each with a salt of its own");
    }
}
