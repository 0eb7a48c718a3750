//! Two server processes that find an empty PostgreSQL at the same time. (What becomes of two that work and are killed is in
//! `tests/proving/`.)

use reqwest::Client;
use waakvlam::server::config::{Data, Limits};
use waakvlam::sync::wire::Installation;

use super::support::{Served, postgres};

#[tokio::test(flavor = "multi_thread")]
async fn servers_that_start_at_once_on_an_empty_database_are_one_installation() {
    let folder = tempfile::tempdir().unwrap();
    let database = postgres::database().await;
    let data = Data { database, keyring: Some(folder.path().join("keyring.json")), attempts: Limits::default() };
    let starting = [(); 2].map(|()| {
        let (data, folder) = (data.clone(), folder.path().to_owned());
        tokio::task::spawn_blocking(move || Served::start_on(&data, &folder))
    });
    let (mut seen, mut processes) = (Vec::new(), Vec::new());
    for starting in starting {
        let process = starting.await.unwrap();
        let answer = Client::new().get(format!("{}/api/v1/installation", process.base)).send().await.unwrap();
        let installation: Installation = answer.json().await.unwrap();
        seen.push((installation.installation, installation.outbox_public_key));
        processes.push(process);
    }
    assert_eq!(seen[0], seen[1], "one installation, one keyring");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(left, ["keyring.json"], "and nothing secret beside it");
}
