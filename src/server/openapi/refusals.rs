//! The errors that a route can answer with, by name, so that a handler lists them in a line.

use std::collections::BTreeMap;

use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response, ResponseBuilder};

fn refusal(about: &str) -> RefOr<Response> {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(about).content("application/problem+json", content).build().into()
}

macro_rules! refusals {
    ($($(#[$doc:meta])* $name:ident: $($status:literal $about:literal),+;)*) => {$(
        $(#[$doc])*
        pub(in super::super) struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Response>> {
                BTreeMap::from([$(($status.to_string(), refusal($about))),+])
            }
        }
    )*};
}

refusals! {
    /// Of every route.
    Always: 406 "Nothing here comes in a type that was asked for.",
        500 "Our fault; nothing is lost.",
        503 "The database does not answer; nothing was acknowledged.";
    /// Of every route that takes a body.
    Body: 400 "Not JSON, or not what this route takes: all that is wrong with it, together.",
        408 "The body came too slowly.",
        413 "Too many bytes or records.",
        415 "Not application/json, or compressed.";
    Query: 400 "A parameter that is not what it should be.";
    Nobody: 401 "No session, or one that ended; no credential, or one that nobody has.";
    WrongPhrase: 401 "Login name and phrase are not right together. The same for a name that nobody has.";
    NotForYou: 403 "Not for this role.";
    OtherDevice: 403 "The credential of another device.";
    UnknownJournal: 404 "No such journal, or none that they may know of.";
    UnknownUser: 404 "No such user.";
    UnknownCode: 404 "This code was never given.";
    SpentCode: 410 "This code is too old, or was used.";
    NameTaken: 409 "That login name is taken.";
    DeviceTaken: 409 "That device id belongs to another account or key.";
    DoesNotOpen: 422 "A lone record that does not open under the device's key.";
    TooOld: 426 "This app is too old to pull; it may push.";
    TooMany: 429 "Too often; wait as long as Retry-After says.";
}
