//! Reads JSON, by one reader for the whole program.
//!
//! - Everything is read from text. Bytes are checked to be UTF-8 once; a second reader over bytes would be a second copy of the code
//!   of every type that is read.
//! - A struct is an object. What serde derives reads a struct from an array as well, fields by place; nobody writes ours so, and without it
//!   the code that reads a type is a third smaller. A phone fetches that code.

use serde::Serializer;
use serde::de::{
    Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};

/// Reads a value from bytes.
///
/// # Errors
/// When they are no JSON, or not of this type.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    read_text(std::str::from_utf8(bytes).map_err(serde_json::Error::custom)?)
}

/// Reads a value from text; it may borrow from it.
///
/// # Errors
/// When it is no JSON, or not of this type.
pub fn read_text<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Objects(&mut json))?;
    json.end()?;
    Ok(value)
}

/// Reads one of a list of variants by its name in `snake_case`, and says which.
///
/// # Errors
/// When it is no text, or none of the list.
pub fn read_name<'de, D: Deserializer<'de>>(names: &[&str], deserializer: D) -> Result<usize, D::Error> {
    let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
    position(names, &text).ok_or_else(|| D::Error::custom("a name that is not in the list"))
}

/// The place of a variant by its name in `snake_case`.
#[must_use]
pub fn position(names: &[&str], text: &str) -> Option<usize> {
    names.iter().position(|name| is_name(name, text))
}

/// Writes the name of a variant in `snake_case`.
///
/// # Errors
/// What the serializer says.
pub fn write_name<S: Serializer>(name: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&snake_case(name))
}

/// The name of a variant in `snake_case`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 4);
    for letter in name.chars() {
        if letter.is_ascii_uppercase() && !text.is_empty() {
            text.push('_');
        }
        text.push(letter.to_ascii_lowercase());
    }
    text
}

fn is_name(name: &str, text: &str) -> bool {
    let mut text = text.bytes();
    for (at, letter) in name.bytes().enumerate() {
        if letter.is_ascii_uppercase() && at > 0 && text.next() != Some(b'_') {
            return false;
        }
        if text.next() != Some(letter.to_ascii_lowercase()) {
            return false;
        }
    }
    text.next().is_none()
}

/// Wraps whatever reads, so that structs are read from objects only, however deep they stand.
struct Objects<T>(T);

macro_rules! forward {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            self.0.$method(Objects(visitor))
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Objects<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Objects(visitor))
    }

    forward! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32 deserialize_f64
        deserialize_char deserialize_str deserialize_string deserialize_bytes deserialize_byte_buf deserialize_option
        deserialize_unit deserialize_seq deserialize_map deserialize_identifier deserialize_ignored_any
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_unit_struct(name, Objects(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Objects(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple(length, Objects(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_tuple_struct(name, length, Objects(visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_enum(name, variants, Objects(visitor))
    }
}

macro_rules! visit {
    ($($method:ident($type:ty))*) => {$(
        fn $method<E: serde::de::Error>(self, value: $type) -> Result<V::Value, E> {
            self.0.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Objects<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.expecting(f)
    }

    visit! {
        visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) visit_borrowed_str(&'de str)
        visit_string(String) visit_bytes(&[u8]) visit_borrowed_bytes(&'de [u8])
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_none()
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_some(Objects(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Objects(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Objects(access))
    }

    fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Objects(access))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<V::Value, A::Error> {
        self.0.visit_enum(Objects(access))
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Objects<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Objects(deserializer))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Objects(seed))
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_key_seed(Objects(seed))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.0.next_value_seed(Objects(seed))
    }
}

impl<'de, A: EnumAccess<'de>> EnumAccess<'de> for Objects<A> {
    type Error = A::Error;
    type Variant = Objects<A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<(S::Value, Self::Variant), A::Error> {
        self.0.variant_seed(Objects(seed)).map(|(value, variant)| (value, Objects(variant)))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Objects<A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.0.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, A::Error> {
        self.0.newtype_variant_seed(Objects(seed))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.0.tuple_variant(length, Objects(visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, A::Error> {
        self.0.newtype_variant_seed(Variant(visitor))
    }
}

/// The fields of a variant, read from an object.
struct Variant<V>(V);

impl<'de, V: Visitor<'de>> DeserializeSeed<'de> for Variant<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        deserializer.deserialize_map(Objects(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::value::RawValue;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Inner {
        a: u8,
        #[serde(default)]
        b: Option<String>,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Kind {
        Plain,
        Held(Inner),
        Fields { inner: Vec<Inner> },
    }

    #[derive(Debug, Deserialize)]
    struct Outer<'a> {
        kinds: Vec<Kind>,
        #[serde(borrow)]
        raw: &'a RawValue,
    }

    #[test]
    fn what_serde_writes_is_read_and_raw_text_stays_as_it_is() {
        let text = r#"{"kinds":["plain",{"held":{"a":1,"b":"x"}},{"fields":{"inner":[{"a":2}]}}],"raw":{ "c" : [1] }}"#;
        let outer: Outer<'_> = read_text(text).unwrap();
        let fields = Kind::Fields { inner: vec![Inner { a: 2, b: None }] };
        assert_eq!(outer.kinds, [Kind::Plain, Kind::Held(Inner { a: 1, b: Some("x".to_owned()) }), fields]);
        assert_eq!(outer.raw.get(), r#"{ "c" : [1] }"#);
    }

    #[test]
    fn a_name_is_written_and_read_as_serde_does() {
        #[derive(serde::Serialize)]
        #[serde(rename_all = "snake_case")]
        enum Derived {
            Now,
            NotAtHome,
        }
        let names = ["Now", "NotAtHome"];
        for (at, derived) in [Derived::Now, Derived::NotAtHome].iter().enumerate() {
            let text = serde_json::to_string(derived).unwrap();
            let mut written = Vec::new();
            write_name(names[at], &mut serde_json::Serializer::new(&mut written)).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), text);
            assert_eq!(read_name(&names, &mut serde_json::Deserializer::from_str(&text)).unwrap(), at);
        }
        for text in ["\"not_at\"", "\"not_at_homes\"", "\"NotAtHome\"", "\"notathome\"", "\"\"", "1"] {
            assert!(read_name(&names, &mut serde_json::Deserializer::from_str(text)).is_err(), "{text}");
        }
    }

    #[test]
    fn a_struct_is_an_object_and_nothing_follows() {
        assert!(read::<Inner>(br#"[1,"x"]"#).is_err());
        assert!(read::<Kind>(br#"{"fields":[[]]}"#).is_err());
        assert!(read::<Vec<Inner>>(br#"[[1,"x"]]"#).is_err());
        assert!(read::<Inner>(br#"{"a":1} x"#).is_err());
        assert!(read::<Inner>(b"{\"a\":1,\"b\":\"\xff\"}").is_err());
    }
}
