//! The promise: rules stay free of rooms that do I/O. `domain` knows nothing but itself; `sync` knows `domain`.
//! And the habits that a glance can check: no file grows beyond what a person holds in their head.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The crates that the pure rooms may name. Whatever else they name does I/O, or costs the phone bytes.
const PURE_CRATES: &[&str] =
    &["base64", "chrono", "serde", "serde_json", "sha2", "thiserror", "uuid", "std", "core", "alloc", "proptest"];

/// How the wire types describe themselves for OpenAPI: natively only, so that it costs the phone nothing. It describes and does
/// nothing, and is named in no other way than this.
const DESCRIBED: &str = r#"#[cfg_attr(not(target_arch = "wasm32"), derive(utoipa::ToSchema))]"#;

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                files.push(path);
            }
        }
    }
    files
}

/// Every line of code (no comments) of a room, with where it stands.
fn code(folder: &str) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for path in sources(folder) {
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default().trim();
            if !code.is_empty() {
                lines.push((format!("{}:{}", path.display(), number + 1), code.to_owned()));
            }
        }
    }
    assert!(lines.len() > 100, "{folder} is nearly empty: is this test looking at the right place?");
    lines
}

/// The rooms of our own crate that a line names.
fn rooms(line: &str) -> impl Iterator<Item = &str> {
    ["app", "server", "courier", "store", "sync", "domain"].into_iter().filter(move |room| {
        [format!("crate::{room}::"), format!("crate::{room};"), format!("crate::{room} "), format!("waakvlam::{room}")]
            .iter()
            .any(|name| line.contains(name.as_str()))
    })
}

/// The crates that Cargo.toml names, as code names them.
fn dependencies() -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    let names = manifest.lines().filter_map(|line| line.split_once(" = ").map(|(name, _)| name.replace('-', "_")));
    let names: Vec<String> = names.filter(|name| name.bytes().all(|c| c.is_ascii_lowercase() || c == b'_')).collect();
    assert!(names.iter().any(|name| name == "axum") && names.iter().any(|name| name == "utoipa_axum"));
    names
}

fn foreign_crate(line: &str) -> Option<&str> {
    let used = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("use ")?;
    let name = used.split(&[':', ';', ' ', '{'][..]).next()?;
    // A type of our own, whose variants are named.
    let own = ["crate", "super", "self", ""].contains(&name) || name.starts_with(char::is_uppercase);
    // A module next door is named in lower case too; only a path with `::` that starts a crate counts.
    (!own && !PURE_CRATES.contains(&name)).then_some(name)
}

#[test]
fn domain_names_no_other_room() {
    for (place, line) in code("src/domain") {
        let other: Vec<_> = rooms(&line).filter(|room| *room != "domain").collect();
        assert!(other.is_empty(), "{place} names {other:?}: {line}");
    }
}

#[test]
fn sync_names_domain_and_itself_only() {
    for (place, line) in code("src/sync") {
        let other: Vec<_> = rooms(&line).filter(|room| !["domain", "sync"].contains(room)).collect();
        assert!(other.is_empty(), "{place} names {other:?}: {line}");
    }
}

#[test]
fn the_courier_carries_for_whoever_asks() {
    for (place, line) in code("src/courier") {
        let other: Vec<_> = rooms(&line).filter(|room| ["app", "server"].contains(room)).collect();
        assert!(other.is_empty(), "{place} names {other:?}: {line}");
    }
}

#[test]
fn the_pure_rooms_use_pure_crates_and_no_clock_nor_chance() {
    for room in ["src/domain", "src/sync"] {
        // A module is a file, or a folder with files.
        let parts = sources(room).into_iter().flat_map(|path| [path.with_extension(""), path.parent().unwrap().to_owned()]);
        let modules: Vec<String> = parts.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned())).collect();
        for (place, line) in code(room) {
            if let Some(name) = foreign_crate(&line) {
                assert!(modules.iter().any(|module| module == name), "{place} uses {name}: {line}");
            }
            // A path may name a crate without a `use`.
            for name in dependencies().iter().filter(|name| !PURE_CRATES.contains(&name.as_str())) {
                assert!(line == DESCRIBED || !line.contains(&format!("{name}::")), "{place} uses {name}: {line}");
            }
            for word in [
                "Utc::now",
                "Local::now",
                "Instant::now",
                "SystemTime",
                "new_v4",
                "now_v7",
                "std::fs",
                "std::net",
                "async fn",
                "println!",
            ] {
                assert!(!line.contains(word), "{place} has {word}: {line}");
            }
        }
    }
}

#[test]
fn sql_stands_in_storage_only() {
    for (place, line) in code("src/server") {
        if place.contains("/storage/") || place.contains("/migrations/") {
            continue;
        }
        for word in ["SELECT ", "INSERT ", "UPDATE ", "DELETE FROM"] {
            assert!(!line.contains(word), "{place} has SQL: {line}");
        }
    }
}

/// A route that were added otherwise would be in no document and in no table of rights.
#[test]
fn every_route_of_the_api_is_described() {
    let routers: Vec<(String, String)> =
        code("src/server").into_iter().filter(|(_, line)| line.contains("Router::") || line.contains("route")).collect();
    let allowed = [
        r#"let elsewhere = Router::new().route("/api", nothing()).route("/api/", nothing()).route("/api/{*rest}", nothing());"#,
        "let api = elsewhere.nest(BASE, api).layer(map_response(headers::api));",
    ];
    for (place, line) in routers {
        let otherwise =
            [".route(", ".route_service(", ".nest(", ".nest_service(", ".merge("].iter().any(|way| line.contains(way));
        assert!(!otherwise || allowed.contains(&line.as_str()), "{place} adds a route without its description: {line}");
    }
}

#[test]
fn no_file_is_longer_than_six_hundred_lines() {
    for path in sources("src").into_iter().chain(sources("tests")) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 600, "{} has {lines} lines: which two things is it?", path.display());
    }
}

#[test]
fn the_boundaries_see_what_they_forbid() {
    assert_eq!(rooms("use crate::store::Cursor;").collect::<Vec<_>>(), ["store"]);
    assert_eq!(foreign_crate("use reqwest::Client;"), Some("reqwest"));
    assert_eq!(foreign_crate("use chrono::Utc;"), None);
    assert_eq!(foreign_crate("pub use super::x;"), None);
}
