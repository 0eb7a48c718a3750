//! The disk is full in the middle of work: nothing is acknowledged that is not kept, and it goes on by itself when there is room again.
//!
//! The server gets a disk of its own: a small file system in memory that only it and its children see.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::Command;

use waakvlam::sync::problem::{Problem, kinds};

use super::ground::{Ground, Kind, program};
use super::line::{self, Line, header};
use super::office::{Office, Starting};
use super::support::{Phone, visit};

const SCRIPT: &str = r#"
mount -t tmpfs -o size=8m none "$1"
cp waakvlam.db "$1/"
exec "$2" --database "sqlite://$1/waakvlam.db" --keyring keyring.json serve --listen 127.0.0.1:0 --site .
"#;

/// The server on its small disk, and that disk as we reach it.
fn on_a_small_disk(ground: &Ground) -> (Office, PathBuf) {
    let disk = ground.folder.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let mut command = Command::new("unshare");
    if Command::new("id").arg("-u").output().unwrap().stdout.trim_ascii() != b"0" {
        command.args(["--user", "--map-root-user"]);
    }
    command.args(["--mount", "sh", "-ec", SCRIPT, "sh"]).arg(&disk).arg(program());
    let office = Starting::spawn(command.current_dir(ground.folder.path())).serves();
    let seen = PathBuf::from(format!("/proc/{}/root{}", office.pid(), disk.display()));
    (office, seen)
}

/// Writes until there is no room.
fn fill(disk: &std::path::Path) -> PathBuf {
    let path = disk.join("filler");
    let mut file = File::create(&path).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    while file.write_all(&[0]).is_ok() {}
    path
}

fn batch(phone: &mut Phone, ground: &Ground) -> Vec<u8> {
    let records = (0..50)
        .map(|_| {
            let written = phone.write(&visit(&"koffie ".repeat(40)));
            phone.seal(ground.journals[0], &written)
        })
        .collect();
    line::push(phone, ground.journals[0], records)
}

#[tokio::test]
async fn a_full_disk_is_said_and_loses_nothing() {
    let ground = Ground::found(Kind::Sqlite, 1).await;
    let (office, disk) = on_a_small_disk(&ground);
    let mut phone = ground.phones(&office, 1).await.remove(0).remove(0);
    let mut line = Line::open(office.address).await.unwrap();
    let mut acknowledged = 0;
    for round in 1..=3 {
        line.send(&batch(&mut phone, &ground)).await.unwrap();
        assert_eq!(line.answer().await.unwrap().status, 200);
        acknowledged += 50;
        let filler = fill(&disk);
        // What fits into the room that the database has already is taken; then it ends.
        let mut refused = Vec::new();
        while refused.len() < 5 {
            let request = batch(&mut phone, &ground);
            line.send(&request).await.unwrap();
            let answer = line.answer().await.unwrap();
            if answer.status == 200 {
                assert!(refused.is_empty(), "room came back by itself");
                acknowledged += 50;
                continue;
            }
            assert_eq!(answer.status, 503, "{}", String::from_utf8_lossy(&answer.body));
            assert!(header(&answer.head, "retry-after").is_some());
            let problem: Problem = serde_json::from_slice(&answer.body).unwrap();
            assert_eq!(problem.r#type, format!("{}{}", kinds::PREFIX, kinds::UNAVAILABLE));
            refused.push(request);
        }
        let (held, _) = phone.pull_all(ground.journals[0]).await;
        assert_eq!(held.len(), acknowledged, "round {round}: what was acknowledged can be read from a full disk, and no more");

        std::fs::remove_file(filler).unwrap();
        for request in &refused {
            line.send(request).await.unwrap();
            let answer = line.answer().await.unwrap();
            assert_eq!(answer.status, 200, "round {round}: there is room again: {}", String::from_utf8_lossy(&answer.body));
            acknowledged += 50;
        }
        let (held, _) = phone.pull_all(ground.journals[0]).await;
        assert_eq!(held.len(), acknowledged, "round {round}: each once, dense and chained");
    }
    println!("full disk: rounds=3 acknowledged={acknowledged} lost=0");
}
