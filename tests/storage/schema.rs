//! The migrations of both databases: the same numbers and names, and in the end the same tables and columns.

use std::collections::BTreeMap;

use sqlx::{Connection as _, PgConnection, SqliteConnection};
use waakvlam::server::storage::open;

fn migrations(dialect: &str) -> Vec<String> {
    let folder = format!("{}/src/server/migrations/{dialect}", env!("CARGO_MANIFEST_DIR"));
    let mut names: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn both_have_the_same_migrations() {
    let names = migrations("sqlite");
    assert_eq!(names, migrations("postgres"));
    for (number, name) in (1..).zip(names) {
        assert!(name.starts_with(&format!("{number:04}_")), "{name}: no number is left out");
    }
}

/// Table and column, with what is kept in it and whether it may be missing.
type Columns = BTreeMap<(String, String), (String, bool)>;

const SQLITE: &str =
    "SELECT t.name, c.name, c.type, c.\"notnull\" = 0 AND c.pk = 0 FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND t.name NOT LIKE '\\_%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite%'";
const POSTGRES: &str = "SELECT table_name::TEXT, column_name::TEXT, data_type::TEXT || coalesce(' ' || collation_name, ''),
    is_nullable = 'YES' FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE '\\_%'";

type Found = Vec<(String, String, String, bool)>;

fn columns(found: Found) -> Columns {
    found.into_iter().map(|(table, column, kind, missing)| ((table, column), (kind, missing))).collect()
}

#[tokio::test]
async fn both_have_the_same_tables_and_columns() {
    let folder = tempfile::tempdir().unwrap();
    let file = format!("sqlite://{}", folder.path().join("schema.db").display());
    open(&file).await.unwrap().close().await;
    let mut connection = SqliteConnection::connect(&file).await.unwrap();
    let lite = columns(sqlx::query_as(SQLITE).fetch_all(&mut connection).await.unwrap());

    let url = super::postgres::database().await;
    open(&url).await.unwrap().close().await;
    let mut connection = PgConnection::connect(&url).await.unwrap();
    let post = columns(sqlx::query_as(POSTGRES).fetch_all(&mut connection).await.unwrap());

    assert!(lite.len() > 50, "the scan sees the tables: {lite:?}");
    assert_eq!(lite.keys().collect::<Vec<_>>(), post.keys().collect::<Vec<_>>());
    for (name, (lite, may_be_missing)) in lite {
        let (post, also) = &post[&name];
        assert_eq!(may_be_missing, *also, "{name:?} may be missing in one of them");
        let same = match lite.as_str() {
            "BLOB" => post == "bytea",
            "INTEGER" => ["bigint", "boolean"].contains(&post.as_str()),
            // Sorted by bytes, whatever the database's language.
            "TEXT" => post == "text C",
            _ => false,
        };
        assert!(same, "{name:?} is {lite} in one and {post} in the other");
    }
}

#[tokio::test]
async fn servers_that_start_at_once_move_the_tables_once() {
    let url = super::postgres::database().await;
    for opened in futures::future::join_all((0..6).map(|_| open(&url))).await {
        opened.unwrap().close().await;
    }
}
