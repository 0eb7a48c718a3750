//! Reads and writes bodies field by field: one reader and one writer for all of them.
//!
//! What serde derives for a struct is a reader and a writer of its own, a kilobyte and a half of machine code each; there are some thirty bodies,
//! and a phone fetches them before its first screen. Here a struct brings no more than the names and the types of its fields, and
//! what reads a text, a day or a list exists once. The JSON is the same as serde's:
//!
//! - a field that is not there is as empty as its type allows (`Option`), or its default where the struct says `= default`, or an error;
//! - a field that is empty in that sense is not written;
//! - a field that this version does not know is passed over.

use std::borrow::Cow;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize as _, Deserializer, Serialize};
use serde_json::value::RawValue;

use crate::domain::ids::{EntryId, HouseholdId, JournalId, PlaceId, UserId};
pub use crate::domain::scan::{Scan, Unfit};
use crate::domain::{instant, json};

/// What a field of a body can be.
pub trait Field: Sized {
    /// Reads the value that comes next; nothing for `null`.
    fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit>;
    /// What the field is when it is not there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }
    /// Writes it under its name.
    fn put(&self, name: &str, to: &mut Object);
}

/// An object that is being written.
#[derive(Default)]
pub struct Object(String);

impl Object {
    /// Writes a value that is JSON already.
    pub fn json(&mut self, name: &str, json: &str) {
        self.0.push(if self.0.is_empty() { '{' } else { ',' });
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        self.0.push_str(json);
    }

    /// Writes a text.
    pub fn text(&mut self, name: &str, text: &str) {
        // A text has no way to fail.
        self.json(name, &serde_json::to_string(text).unwrap_or_default());
    }

    fn list(&mut self, name: &str, texts: impl Iterator<Item = String>) {
        let texts: Vec<String> = texts.collect();
        self.json(name, &serde_json::to_string(&texts).unwrap_or_default());
    }

    /// The object's JSON.
    #[must_use]
    pub fn done(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }
}

/// Reads an object: `take` is called with the place of each name in `names`, and where its value stands.
///
/// # Errors
/// When it is no object, or a value does not fit; with the place of the name of that value.
pub fn read(
    scan: &mut Scan<'_>,
    names: &[&str],
    take: &mut dyn FnMut(usize, &mut Scan<'_>) -> Result<(), Unfit>,
) -> Result<(), Option<usize>> {
    let mut wrong = None;
    let read = scan.object(&mut |name, scan| match names.iter().position(|known| *known == name) {
        Some(at) => take(at, scan).inspect_err(|Unfit| wrong = Some(at)),
        None => scan.raw().map(|_| ()),
    });
    read.map_err(|Unfit| wrong)
}

/// The JSON that serde has next.
///
/// # Errors
/// When it is none.
pub fn raw<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<RawValue>, D::Error> {
    Box::<RawValue>::deserialize(deserializer)
}

/// What to say of a text that did not fit: of the field at that place, or of the whole.
#[must_use]
pub fn unfit<E: serde::de::Error>(names: &[&str], wrong: Option<usize>) -> E {
    match wrong.and_then(|at| names.get(at)) {
        Some(name) => E::custom(format_args!("the value of {name} does not fit")),
        None => E::custom("no object that can be read"),
    }
}

/// Nothing for `null`, and what `read` reads otherwise.
///
/// # Errors
/// What `read` says.
pub fn unless_null<'t, T>(scan: &mut Scan<'t>, read: impl FnOnce(&mut Scan<'t>) -> Result<T, Unfit>) -> Result<Option<T>, Unfit> {
    if scan.null() { Ok(None) } else { read(scan).map(Some) }
}

impl<T: Field> Field for Option<T> {
    fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
        T::take(value).map(Some)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn put(&self, name: &str, to: &mut Object) {
        if let Some(value) = self {
            value.put(name, to);
        }
    }
}

impl Field for String {
    fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
        unless_null(value, |value| value.text().map(Cow::into_owned))
    }

    fn put(&self, name: &str, to: &mut Object) {
        to.text(name, self);
    }
}

impl Field for bool {
    fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
        value.flag().map(Some)
    }

    fn put(&self, name: &str, to: &mut Object) {
        to.json(name, if *self { "true" } else { "false" });
    }
}

macro_rules! numbers {
    ($($type:ty)*) => {$(
        impl Field for $type {
            fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
                unless_null(value, Scan::number)
            }

            fn put(&self, name: &str, to: &mut Object) {
                to.json(name, &i64::from(*self).to_string());
            }
        }
    )*};
}
numbers! { u16 u32 i16 }

/// Reads what is written as text.
fn parsed<T: FromStr>(value: &mut Scan<'_>) -> Result<Option<T>, Unfit> {
    unless_null(value, |value| value.text()?.parse().map_err(|_| Unfit))
}

/// Reads a list of texts.
fn each<T>(value: &mut Scan<'_>, read: &dyn Fn(&str) -> Result<T, Unfit>) -> Result<Vec<T>, Unfit> {
    let mut all = Vec::new();
    value.list(&mut |value| {
        all.push(read(&value.text()?)?);
        Ok(())
    })?;
    Ok(all)
}

macro_rules! texts {
    ($($type:ty)*) => {$(
        impl Field for $type {
            fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
                parsed(value)
            }

            fn put(&self, name: &str, to: &mut Object) {
                to.text(name, &self.to_string());
            }
        }
    )*};
}
texts! { NaiveDate EntryId HouseholdId JournalId PlaceId UserId }

macro_rules! lists {
    ($($type:ty)*) => {$(
        impl Field for Vec<$type> {
            fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
                each(value, &|text| text.parse().map_err(|_| Unfit)).map(Some)
            }

            fn put(&self, name: &str, to: &mut Object) {
                to.list(name, self.iter().map(ToString::to_string));
            }
        }
    )*};
}
lists! { EntryId UserId }

/// A list of variants, each under its name in `snake_case`.
pub trait Named: Copy + 'static {
    /// All of them.
    const ALL: &'static [Self];
    /// Their names in Rust, in the same order.
    const NAMES: &'static [&'static str];
    /// The place of this one.
    fn at(self) -> usize;
}

/// The variant of that name.
pub fn named<T: Named>(text: &str) -> Result<T, Unfit> {
    json::position(T::NAMES, text).and_then(|at| T::ALL.get(at)).copied().ok_or(Unfit)
}

impl<T: Named> Field for Vec<T> {
    fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
        each(value, &named).map(Some)
    }

    fn put(&self, name: &str, to: &mut Object) {
        to.list(name, self.iter().map(|one| json::snake_case(T::NAMES[one.at()])));
    }
}

/// Anything else that serde reads and writes.
macro_rules! nested {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::domain::body::fields::Field for $type {
            fn take(
                value: &mut $crate::domain::body::fields::Scan<'_>,
            ) -> Result<Option<Self>, $crate::domain::body::fields::Unfit> {
                $crate::domain::body::fields::unless_null(value, |value| {
                    $crate::domain::json::read_text(value.raw()?).map_err(|_| $crate::domain::body::fields::Unfit)
                })
            }

            fn put(&self, name: &str, to: &mut $crate::domain::body::fields::Object) {
                // What stands in a body is written as JSON without a way to fail.
                to.json(name, &serde_json::to_string(self).unwrap_or_default());
            }
        }
    )*};
}
pub(super) use nested;

nested!(crate::domain::rights::Role);

impl Field for DateTime<Utc> {
    fn take(value: &mut Scan<'_>) -> Result<Option<Self>, Unfit> {
        unless_null(value, |value| instant::parse(&value.text()?).ok_or(Unfit))
    }

    fn put(&self, name: &str, to: &mut Object) {
        // An instant has no way to fail.
        to.json(name, &serde_json::to_string(self).unwrap_or_default());
    }
}

/// A struct with the names of its fields, and their types: see the module. `= default` after a type: when it is not there it is its default,
/// and then it is not written.
macro_rules! fields {
    ($(
        $(#[$doc:meta])*
        pub struct $name:ident { $($(#[$of:meta])* pub $field:ident: $type:ty $(= $default:ident)?,)* }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$of])* pub $field: $type,)* }

        impl $name {
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];

            /// Reads it from JSON.
            ///
            /// # Errors
            /// When a field is missing or does not fit.
            pub fn from_json(text: &str) -> Result<Self, serde_json::Error> {
                let mut scan = $crate::domain::body::fields::Scan::new(text);
                let read = Self::gather(&mut scan)?;
                scan.end().map_err(|_| $crate::domain::body::fields::unfit(&[], None))?;
                Ok(read)
            }

            pub(crate) fn gather<E: serde::de::Error>(scan: &mut $crate::domain::body::fields::Scan<'_>) -> Result<Self, E> {
                $(let mut $field: Option<$type> = None;)*
                $crate::domain::body::fields::read(scan, Self::FIELDS, &mut |at, value| {
                    let mut place = 0;
                    $(
                        if at == place {
                            $field = <$type as $crate::domain::body::fields::Field>::take(value)?;
                            return Ok(());
                        }
                        place += 1;
                    )*
                    let _ = place;
                    Ok(())
                })
                .map_err(|wrong| $crate::domain::body::fields::unfit(Self::FIELDS, wrong))?;
                Ok(Self { $($field: fields!(@fill $field: $type $(= $default)?),)* })
            }

            /// Its JSON.
            #[must_use]
            pub fn to_json(&self) -> String {
                let mut object = $crate::domain::body::fields::Object::default();
                $(fields!(@put self, object, $field: $type $(= $default)?);)*
                object.done()
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::from_json($crate::domain::body::fields::raw(deserializer)?.get()).map_err(serde::de::Error::custom)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::domain::body::fields::write(self.to_json(), serializer)
            }
        }

        impl $crate::domain::body::fields::Field for $name {
            fn take(
                value: &mut $crate::domain::body::fields::Scan<'_>,
            ) -> Result<Option<Self>, $crate::domain::body::fields::Unfit> {
                $crate::domain::body::fields::unless_null(value, |value| {
                    Self::gather::<serde_json::Error>(value).map_err(|_| $crate::domain::body::fields::Unfit)
                })
            }

            fn put(&self, name: &str, to: &mut $crate::domain::body::fields::Object) {
                to.json(name, &self.to_json());
            }
        }
    )*};
    (@fill $field:ident: $type:ty) => { $crate::domain::body::fields::need($field, stringify!($field))? };
    (@fill $field:ident: $type:ty = default) => { $field.unwrap_or_default() };
    (@put $self:ident, $object:ident, $field:ident: $type:ty) => {
        $crate::domain::body::fields::Field::put(&$self.$field, stringify!($field), &mut $object);
    };
    (@put $self:ident, $object:ident, $field:ident: $type:ty = default) => {
        if $self.$field != <$type>::default() {
            $crate::domain::body::fields::Field::put(&$self.$field, stringify!($field), &mut $object);
        }
    };
}
pub(super) use fields;

/// A field that has to be there, or whose type says what it is when it is not.
///
/// # Errors
/// When it is missing.
pub fn need<T: Field, E: serde::de::Error>(field: Option<T>, name: &'static str) -> Result<T, E> {
    field.or_else(T::absent).ok_or_else(|| E::missing_field(name))
}

/// Writes JSON that is written already.
///
/// # Errors
/// What the serializer says.
pub fn write<S: serde::Serializer>(json: String, serializer: S) -> Result<S::Ok, S::Error> {
    RawValue::from_string(json).map_err(serde::ser::Error::custom)?.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::super::{Address, Fact, Tile, Visit};
    use super::*;
    use serde::Deserialize;

    fields! {
        /// Of each kind one.
        pub struct Each {
            /// A text that must be there.
            pub text: String,
            /// One that need not.
            pub note: String = default,
            /// A number, perhaps.
            pub number: Option<u16>,
            /// Yes or no.
            pub flag: bool = default,
            /// A variant.
            pub tile: Tile,
            /// Variants.
            pub facts: Vec<Fact> = default,
            /// Another body.
            pub address: Option<Address>,
            /// An id.
            pub household: Option<HouseholdId>,
            /// Something that serde reads.
            pub at: Option<DateTime<Utc>>,
        }
    }

    /// The same as serde derives it.
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Derived {
        text: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u16>,
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        flag: bool,
        tile: Tile,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        facts: Vec<Fact>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<Address>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        household: Option<HouseholdId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<DateTime<Utc>>,
    }

    const TEXTS: [&str; 8] = [
        r#"{"text":"\"één\" \ud83d\ude00","tile":"unsafe_home"}"#,
        r#"{"text":"a","note":"b","number":7,"flag":true,"tile":"money","facts":["mail_piles_up","not_seen"]}"#,
        r#"{"text":"a","tile":"money","number":null,"household":null,"address":null,"at":null}"#,
        r#"{"text":"a","tile":"money","address":{"street":"Lindehof","number":3},"household":"00000000-0000-0000-0000-000000000002"}"#,
        r#"{"text":"a","tile":"money","at":"2026-03-02T09:00:00.120Z","later":{"than":["this",1.5]}}"#,
        r#"{ "tile" : "money" , "text" : "a" }"#,
        r#"{"text":"a","tile":"money","at":"2026-03-02T09:00:00Z"}"#,
        r#"{"text":"","note":"","number":0,"flag":false,"tile":"money","facts":[]}"#,
    ];

    #[test]
    fn it_reads_and_writes_what_serde_does() {
        for text in TEXTS {
            let (ours, theirs) = (Each::from_json(text).unwrap(), json::read_text::<Derived>(text).unwrap());
            assert_eq!(ours.to_json(), serde_json::to_string(&theirs).unwrap(), "{text}");
            assert_eq!(Each::from_json(&ours.to_json()).unwrap(), ours, "{text}");
            assert_eq!(serde_json::to_string(&ours).unwrap(), ours.to_json(), "{text}");
            assert_eq!(json::read_text::<Each>(text).unwrap(), ours, "{text}");
        }
    }

    #[test]
    fn what_serde_refuses_is_refused() {
        for text in [
            "",
            "[]",
            "null",
            r#"{"text":"a"}"#,
            r#"{"tile":"money"}"#,
            r#"{"text":null,"tile":"money"}"#,
            r#"{"text":1,"tile":"money"}"#,
            r#"{"text":"a","tile":"gold"}"#,
            r#"{"text":"a","tile":"money","number":-1}"#,
            r#"{"text":"a","tile":"money","number":65536}"#,
            r#"{"text":"a","tile":"money","number":1.5}"#,
            r#"{"text":"a","tile":"money","flag":"yes"}"#,
            r#"{"text":"a","tile":"money","facts":["gold"]}"#,
            r#"{"text":"a","tile":"money","facts":"not_seen"}"#,
            r#"{"text":"a","tile":"money","address":{"street":"Lindehof"}}"#,
            r#"{"text":"a","tile":"money","household":"2"}"#,
            r#"{"text":"a","tile":"money","at":"yesterday"}"#,
            r#"{"text":"a","tile":"money"} x"#,
            r#"{"text":"a","tile":"money""#,
        ] {
            assert!(json::read_text::<Derived>(text).is_err(), "serde reads {text}");
            assert!(Each::from_json(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_error_says_which_field() {
        let missing = Visit::from_json("{}").unwrap_err().to_string();
        assert!(missing.contains("kind"), "{missing}");
        let unfit = Visit::from_json(r#"{"kind":"dancing","outcome":"spoken"}"#).unwrap_err().to_string();
        assert!(unfit.contains("kind"), "{unfit}");
    }
}
