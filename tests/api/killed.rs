//! A server process that is killed: what it acknowledged is there.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use waakvlam::domain::Role;

use super::support::{Phone, TestServer, visit};

/// A process that does not outlive its test.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        // SIGKILL: nothing is finished, nothing is said.
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

/// The real binary, and where it listens.
fn serve(folder: &Path) -> (Killed, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_waakvlam"))
        .args(["--database", &format!("sqlite://{}", folder.join("waakvlam.db").display())])
        .args(["serve", "--listen", "127.0.0.1:0", "--site", &folder.join("dist").display().to_string()])
        .env("NO_COLOR", "1")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let child = Killed(child);
    let line = lines.find(|line| line.as_ref().unwrap().contains("serving on")).unwrap().unwrap();
    std::thread::spawn(move || lines.for_each(drop));
    let base = line.split("serving on ").nth(1).unwrap().trim().to_owned();
    (child, base)
}

#[tokio::test]
async fn what_a_killed_server_acknowledged_is_there() {
    let server = TestServer::start().await;
    let mut phone: Phone = server.phone("samira", Role::Worker).await;
    let journal = server.neighbourhood;
    let TestServer { folder, running, .. } = server;
    running.stop().await.unwrap();
    let mut acknowledged = Vec::new();
    for _ in 0..3 {
        let (child, base) = serve(folder.path());
        phone.base = base;
        for _ in 0..5 {
            let written = phone.write(&visit(""));
            phone.push(journal, std::slice::from_ref(&written)).await;
            acknowledged.push(written.id);
        }
        drop(child);
    }
    let (child, base) = serve(folder.path());
    phone.base = base;
    let (entries, _) = phone.pull_all(journal).await;
    drop(child);
    assert_eq!(entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), acknowledged);
}
