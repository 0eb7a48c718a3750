//! The promise: what the server keeps is the same on SQLite and on PostgreSQL, for one server and for two. One suite, every
//! method, both databases, each opened twice: two servers over one database.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

mod at_once;
mod closed;
mod entries;
mod erased;
mod every_method;
mod people;
mod places;
mod planted;
#[path = "../support/postgres.rs"]
mod postgres;
mod schema;
mod world;

use std::sync::Arc;

use waakvlam::server::storage::{Storage, open, others};
use world::Two;

/// The suite. `make` gives a new, empty database, opened by two servers.
async fn keeps_its_promises(make: impl AsyncFn() -> Two) {
    people::keeps_its_promises(&make).await;
    entries::keeps_its_promises(&make).await;
    places::keeps_its_promises(&make).await;
    at_once::keeps_its_promises(&make).await;
    erased::keeps_its_promises(&make).await;
    closed::keeps_its_promises(&make).await;
}

async fn both(url: &str) -> Two {
    (open(url).await.unwrap(), open(url).await.unwrap())
}

/// A SQLite file, which is forgotten with the folder.
async fn sqlite(folder: &tempfile::TempDir) -> Two {
    let url = format!("sqlite://{}", folder.path().join(format!("{}.db", uuid::Uuid::new_v4())).display());
    both(&url).await
}

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_keeps_its_promises() {
    let folder = tempfile::tempdir().unwrap();
    keeps_its_promises(async || sqlite(&folder).await).await;
    println!("storage: {} methods on SQLite", every_method::methods().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_keeps_its_promises() {
    keeps_its_promises(async || both(&postgres::database().await).await).await;
    println!("storage: {} methods on PostgreSQL", every_method::methods().len());
}

#[tokio::test]
async fn another_kind_of_database_is_refused_with_what_there_is() {
    for url in ["mysql://localhost/waakvlam", "waakvlam.db", ""] {
        let refused: Result<Arc<dyn Storage>, _> = open(url).await;
        let why = refused.err().unwrap().to_string();
        assert!(why.contains("sqlite://") && why.contains("postgres://"), "{why}");
    }
}

#[tokio::test]
async fn a_database_that_cannot_hold_every_letter_is_refused() {
    use sqlx::Connection as _;
    let url = postgres::database().await;
    let mut connection = sqlx::PgConnection::connect(&url).await.unwrap();
    let name = format!("latin_{}", uuid::Uuid::new_v4().simple());
    let make = format!("CREATE DATABASE {name} ENCODING LATIN1 LOCALE 'C' TEMPLATE template0 LOCALE_PROVIDER libc");
    sqlx::raw_sql(sqlx::AssertSqlSafe(make)).execute(&mut connection).await.unwrap();
    let (_, host) = url.split_once('?').unwrap();
    let refused = open(&format!("postgres://waakvlam@localhost/{name}?{host}")).await.err().unwrap().to_string();
    assert!(refused.contains("LATIN1") && refused.contains("--encoding=UTF8"), "{refused}");
}

#[tokio::test]
async fn servers_that_have_postgres_open_are_counted() {
    let url = postgres::database().await;
    let (one, other) = both(&url).await;
    assert!(others(&url).await.unwrap() >= 2);
    one.close().await;
    assert!(others(&url).await.unwrap() >= 1);
    other.close().await;
    // PostgreSQL ends a connection a moment after it was let go.
    let none = async { while others(&url).await.unwrap() > 0 {} };
    tokio::time::timeout(std::time::Duration::from_secs(60), none).await.unwrap();
    assert!(others("sqlite://waakvlam.db").await.is_err());
}
