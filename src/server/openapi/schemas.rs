//! Schemas of what serde reads and writes by hand.

use std::borrow::Cow;

use utoipa::openapi::schema::{KnownFormat, SchemaFormat};
use utoipa::openapi::{ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

use crate::sync::chain::Bytes32;
use crate::sync::wire::{Blob, Erased, Line, Secret, StoredEntry};

/// A component under its own name, with the components that it refers to.
macro_rules! named {
    ($($of:ident $(uses $($part:ident),+)?: $schema:expr;)*) => {$(
        impl PartialSchema for $of {
            fn schema() -> RefOr<Schema> {
                RefOr::T(Schema::from($schema))
            }
        }

        impl ToSchema for $of {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($of))
            }

            fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                $($(
                    schemas.push(($part::name().into_owned(), $part::schema()));
                    $part::schemas(schemas);
                )+)?
                let _ = schemas;
            }
        }
    )*};
}

fn text(about: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).description(Some(about))
}

named! {
    Blob: text("Bytes, in base64.").format(Some(SchemaFormat::KnownFormat(KnownFormat::Byte))).build();
    Bytes32: text("32 bytes, in hexadecimal.").pattern(Some("^[0-9a-fA-F]{64}$")).build();
    Secret: text("A secret, in base64 or as it was given.").build();
    Line uses StoredEntry, Erased: OneOfBuilder::new()
        .description(Some("An entry, or a run of numbers whose payloads were erased."))
        .item(Ref::from_schema_name("StoredEntry"))
        .item(Ref::from_schema_name("Erased"))
        .build();
}
