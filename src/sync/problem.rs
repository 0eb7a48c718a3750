//! `application/problem+json` (RFC 9457): every error of the API, with all errors of a request together.

use serde::{Deserialize, Serialize};

/// What went wrong, for a person and for a program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct Problem {
    /// A name for the kind of problem, `urn:waakvlam:problem:…`; see [`kinds`].
    #[cfg_attr(not(target_arch = "wasm32"), schema(pattern = "^urn:waakvlam:problem:[a-z-]+$"))]
    pub r#type: String,
    /// What happened, in a few words of Dutch.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is safe and what to do, in plain Dutch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// One for each thing that is wrong with the request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
}

/// One thing that is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]
pub struct FieldError {
    /// A JSON pointer to it.
    pub pointer: String,
    /// What is wrong.
    pub detail: String,
}

/// The names of the kinds of problem; the part after [`PREFIX`](kinds::PREFIX).
pub mod kinds {
    /// Stands before each.
    pub const PREFIX: &str = "urn:waakvlam:problem:";
    /// 400: not JSON, or not what this route takes.
    pub const INVALID: &str = "invalid";
    /// 401: sign in first.
    pub const NOT_SIGNED_IN: &str = "not-signed-in";
    /// 401: the login name and phrase are not right together.
    pub const WRONG_PHRASE: &str = "wrong-phrase";
    /// 403: signed in, but not for this.
    pub const NOT_ALLOWED: &str = "not-allowed";
    /// 403: the credential of another device.
    pub const OTHER_DEVICE: &str = "other-device";
    /// 404: nothing here, or nothing that you may know of.
    pub const NOT_FOUND: &str = "not-found";
    /// 404: no such journal, or none that you may know of.
    pub const UNKNOWN_JOURNAL: &str = "unknown-journal";
    /// 404: this code was never given.
    pub const UNKNOWN_CODE: &str = "unknown-code";
    /// 410: this code is older than 72 hours.
    pub const EXPIRED_CODE: &str = "expired-code";
    /// 410: this code was used.
    pub const USED_CODE: &str = "used-code";
    /// 406: JSON is not what was asked for.
    pub const NOT_ACCEPTABLE: &str = "not-acceptable";
    /// 408: the body came too slowly.
    pub const TOO_SLOW: &str = "too-slow";
    /// 409: that login name is taken.
    pub const NAME_TAKEN: &str = "name-taken";
    /// 409: that device id belongs to another account or key: draw a new one.
    pub const DEVICE_TAKEN: &str = "device-taken";
    /// 405: not with this method.
    pub const WRONG_METHOD: &str = "wrong-method";
    /// 413: more than 500 records or 512 KiB.
    pub const TOO_LARGE: &str = "too-large";
    /// 415: not JSON, or compressed.
    pub const NOT_JSON: &str = "not-json";
    /// 422: a lone record that does not open.
    pub const DOES_NOT_OPEN: &str = "does-not-open";
    /// 426: this app is too old to pull; it may push.
    pub const UPDATE_NEEDED: &str = "update-needed";
    /// 429: too many attempts, or pushes; wait as long as Retry-After says.
    pub const TOO_MANY: &str = "too-many";
    /// 500: our fault.
    pub const INTERNAL: &str = "internal";
    /// 503: the database does not answer; nothing was acknowledged.
    pub const UNAVAILABLE: &str = "unavailable";
}
