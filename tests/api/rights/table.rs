//! The table.

use reqwest::Method;

/// One line: what is asked, and what everybody is answered.
pub struct Row {
    pub method: Method,
    pub path: &'static str,
    /// Which journal, user or device the path or the body names.
    pub which: &'static str,
    pub expected: [u16; 11],
    /// Asks nothing of its caller, so that what is wrong with the body is told first.
    pub open: bool,
}

impl Row {
    pub fn operation(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// Who asks. The first five are people: a session and a push credential, each of the role that is named. Then what
/// should not do: an administrator's push credential by itself, a worker's session without a push credential, an administrator's renew
/// credential in the place of both, an administrator's session that lapsed; and a worker whose device was revoked, and one
/// whose grant was taken back.
pub const WHO: [&str; 11] = [
    "nobody",
    "worker",
    "supervisor",
    "committee",
    "administrator",
    "push credential alone",
    "session alone",
    "renew credential misused",
    "expired session",
    "revoked device",
    "grant taken back",
];

macro_rules! rows {
    ($($open:ident $method:ident $path:literal $which:literal: $($status:literal)+;)*) => {
        &[$(Row { method: Method::$method, path: $path, which: $which, expected: [$($status),+], open: rows!($open) }),*]
    };
    (open) => { true };
    (asks) => { false };
}

/// `open` asks nothing of its caller; `asks` does. Every body is right, so that only the caller decides.
#[rustfmt::skip]
pub const TABLE: &[Row] = rows! {
    //                                                  nobody worker super. commit. admin. push  sess. renew expir. revok. taken back
    open GET    "/health"                     "-":              200  200  200  200  200  200  200  200  200  200  200;
    open GET    "/ready"                      "-":              200  200  200  200  200  200  200  200  200  200  200;
    open GET    "/openapi.json"               "-":              200  200  200  200  200  200  200  200  200  200  200;
    open GET    "/installation"               "-":              200  200  200  200  200  200  200  200  200  200  200;
    open POST   "/enrolments/lookup"          "a code":         200  200  200  200  200  200  200  200  200  200  200;
    open POST   "/enrolments/lookup"          "no such code":   404  404  404  404  404  404  404  404  404  404  404;
    open POST   "/enrolments/complete"        "a code":         201  201  201  201  201  201  201  201  201  201  201;
    open POST   "/enrolments/complete"        "no such code":   404  404  404  404  404  404  404  404  404  404  404;
    open POST   "/sessions"                   "right phrase":   201  201  201  201  201  201  201  201  201  201  201;
    open POST   "/sessions"                   "wrong phrase":   401  401  401  401  401  401  401  401  401  401  401;
    open POST   "/sessions"                   "no such name":   401  401  401  401  401  401  401  401  401  401  401;
    open POST   "/sessions/renew"             "a device":       201  201  201  201  201  201  201  201  201  201  201;
    open POST   "/sessions/renew"             "revoked device": 401  401  401  401  401  401  401  401  401  401  401;
    open POST   "/sessions/renew"             "other device":   401  401  401  401  401  401  401  401  401  401  401;
    asks GET    "/me"                         "-":              401  200  200  200  200  401  200  401  401  401  200;
    asks POST   "/devices"                    "new":            401  201  201  201  201  401  201  401  401  401  201;
    asks POST   "/devices"                    "another's":      401  409  409  409  409  401  409  401  401  401  409;
    asks GET    "/users"                      "-":              401  403  403  403  200  401  403  401  401  401  403;
    asks POST   "/users"                      "new":            401  403  403  403  201  401  403  401  401  401  403;
    asks POST   "/users"                      "taken":          401  403  403  403  409  401  403  401  401  401  403;
    asks POST   "/users/{user}/link"          "known":          401  403  403  403  201  401  403  401  401  401  403;
    asks POST   "/users/{user}/link"          "unknown":        401  403  403  403  404  401  403  401  401  401  403;
    asks POST   "/users/{user}/link"          "no id":          401  403  403  403  404  401  403  401  401  401  403;
    asks GET    "/journals"                   "-":              401  403  403  403  200  401  403  401  401  401  403;
    asks GET    "/journals/{journal}/entries" "own":            401  200  200  404  404  401  200  401  401  401  404;
    asks GET    "/journals/{journal}/entries" "other":          401  404  404  404  404  401  404  401  401  401  404;
    asks GET    "/journals/{journal}/entries" "closed":         401  404  404  404  404  401  404  401  401  401  404;
    asks GET    "/journals/{journal}/entries" "organisation":   401  200  200  404  200  401  200  401  401  401  200;
    asks GET    "/journals/{journal}/entries" "administration": 401  404  404  404  200  401  404  401  401  401  404;
    asks GET    "/journals/{journal}/entries" "unknown":        401  404  404  404  404  401  404  401  401  401  404;
    asks GET    "/journals/{journal}/entries" "no id":          401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/common"  "own":            401  200  200  404  404  401  200  401  401  401  404;
    asks POST   "/journals/{journal}/common"  "other":          401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/common"  "closed":         401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/common"  "organisation":   401  200  200  404  200  401  200  401  401  401  200;
    asks POST   "/journals/{journal}/common"  "no id":          401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/offers"  "own":            401  200  200  404  404  401  200  401  401  401  404;
    asks POST   "/journals/{journal}/offers"  "other":          401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/offers"  "closed":         401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/offers"  "organisation":   401  200  200  404  200  401  200  401  401  401  200;
    asks POST   "/journals/{journal}/offers"  "no id":          401  404  404  404  404  401  404  401  401  401  404;
    asks POST   "/journals/{journal}/pushes"  "own":            401  200  200  200  200  200  401  401  401  200  200;
    asks POST   "/journals/{journal}/pushes"  "other":          401  404  404  404  404  404  401  401  401  404  404;
    asks POST   "/journals/{journal}/pushes"  "closed":         401  404  404  404  404  404  401  401  401  404  404;
    asks POST   "/journals/{journal}/pushes"  "founded":        401  200  200  404  404  404  401  401  401  200  200;
    asks POST   "/journals/{journal}/pushes"  "founded elsewhere": 401 404 404 404  404  404  401  401  401  404  404;
    asks POST   "/journals/{journal}/pushes"  "organisation":   401  200  200  404  200  200  401  401  401  200  200;
    asks POST   "/journals/{journal}/pushes"  "administration": 401  404  404  404  200  200  401  401  401  404  404;
    asks POST   "/journals/{journal}/pushes"  "unknown":        401  404  404  404  404  404  401  401  401  404  404;
    asks POST   "/journals/{journal}/pushes"  "no id":          401  404  404  404  404  404  401  401  401  404  404;
    asks POST   "/journals/{journal}/pushes"  "of another device": 401 403 403 403  403  403  401  401  401  403  403;
    asks GET    "/summaries"                  "-":              401  403  403  200  403  401  403  401  401  401  403;
    // Whoever signs out is signed out: the last row, since it ends their sessions.
    open DELETE "/sessions"                   "-":              204  204  204  204  204  204  204  204  204  204  204;
};
