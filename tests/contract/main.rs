//! The promise: whatever anybody sends, the server answers as `/openapi.json` says, and never with a 500. schemathesis reads
//! that document and makes up requests, right ones and wrong ones, as everybody who may come along.
//!
//! `.ci/tools.sh test` gets schemathesis; without it this fails.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test says what went wrong by panicking")]

#[path = "../support/mod.rs"]
mod support;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use waakvlam::domain::{JournalId, Role};

use support::{Phone, TestServer, visit};

/// The same requests every time.
const FIXED: u32 = 20_261_125;
/// These ask more than a schema can say: a key that this server can open, a name that is not only spaces, a whole number that is
/// not written as `1.0`, an app that is not too old. For them "as described, so accepted" does not hold; everything else does.
const MEAN_MORE: &str = r#"["register_device", "add_user", "push", "pull", "common", "offer"]"#;

/// What somebody shows.
struct Asker {
    name: &'static str,
    session: Option<String>,
    push: Option<String>,
}

impl Asker {
    fn of(name: &'static str, phone: &Phone) -> Self {
        let session = phone.cookie.split_once('=').unwrap().1.to_owned();
        Self { name, session: Some(session), push: Some(phone.push_credential.0.clone()) }
    }

    fn config(&self, seed: u32, journal: JournalId) -> String {
        let mut config = format!("seed = {seed}\n");
        if self.push.is_some() {
            // Whoever is somebody asks for a journal that is there.
            config += &format!("[parameters]\n\"path.journal\" = \"{journal}\"\n");
        }
        if let Some(session) = &self.session {
            config += &format!("[auth.openapi.session]\napi_key = \"{session}\"\n");
        }
        if let Some(push) = &self.push {
            config += &format!("[auth.openapi.push]\nbearer = \"{push}\"\n");
        }
        config + &format!("[[operations]]\ninclude-operation-id = {MEAN_MORE}\nchecks.positive_data_acceptance.enabled = false\n")
    }
}

fn schemathesis() -> PathBuf {
    let tools = std::env::var_os("WAAKVLAM_TOOLS").map(PathBuf::from);
    let tools = tools.unwrap_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("target/tools"));
    let program = tools.join("schemathesis/bin/schemathesis");
    assert!(program.is_file(), "{} is missing: `.ci/tools.sh test` gets it", program.display());
    program
}

/// Everybody at once against one server.
async fn everybody(seed: u32, how: &'static [&'static str]) {
    let program = schemathesis();
    let server = TestServer::start().await;
    let mut worker = server.phone("samira", Role::Worker).await;
    let entries: Vec<_> = (0..3).map(|i| worker.write(&visit(&format!("koffie {i}")))).collect();
    worker.push(server.neighbourhood, &entries).await;
    let supervisor = server.phone("ineke", Role::Supervisor).await;
    let committee = server.phone("commissie", Role::Committee).await;
    let administrator = server.phone("beheer", Role::Administrator).await;
    let askers = [
        Asker { name: "nobody", session: None, push: None },
        Asker::of("worker", &worker),
        Asker::of("supervisor", &supervisor),
        Asker::of("committee", &committee),
        Asker::of("administrator", &administrator),
        Asker { session: None, ..Asker::of("push credential alone", &worker) },
    ];
    let running = askers.into_iter().map(|asker| {
        let config = asker.config(seed, server.neighbourhood);
        let (program, base, folder) = (program.clone(), server.base(), server.folder.path().join(asker.name.replace(' ', "-")));
        tokio::task::spawn_blocking(move || (asker.name, run(&program, &base, &folder, &config, asker.session.is_some(), how)))
    });
    let mut failed = Vec::new();
    for one in running.collect::<Vec<_>>() {
        let (name, output) = one.await.unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let made_up = text.lines().find(|line| line.contains(" generated, ")).unwrap_or("nothing generated").trim();
        println!("schemathesis: as={name} seed={seed} {made_up}");
        if !output.status.success() || !made_up.contains(" passed") {
            println!("{text}{}", String::from_utf8_lossy(&output.stderr));
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "{failed:?} found something with seed {seed}: WAAKVLAM_SEED={seed} makes the same requests again");
}

fn run(program: &Path, base: &str, folder: &Path, config: &str, has_session: bool, how: &[&str]) -> Output {
    std::fs::create_dir_all(folder).unwrap();
    let file = folder.join("schemathesis.toml");
    std::fs::write(&file, config).unwrap();
    let mut command = Command::new(program);
    command.current_dir(folder).arg("--config-file").arg(&file).arg("run").arg(format!("{base}/api/v1/openapi.json"));
    // All its checks run when none is named; naming them would undo what the configuration says of MEAN_MORE.
    command.args(["--no-shrink", "--request-timeout", "60", "--continue-on-failure"]).args(how);
    if has_session {
        // It would end the session that the others are asked with.
        command.args(["--exclude-operation-id", "sign_out"]);
    }
    command.output().unwrap()
}

/// Every edge of the description, and some between.
#[tokio::test(flavor = "multi_thread")]
async fn every_edge_of_the_description_as_everybody() {
    everybody(FIXED, &["--phases", "examples,coverage,fuzzing,stateful", "--max-examples", "20"]).await;
}

/// Other requests each time.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_comes_to_mind_as_everybody() {
    let seed = std::env::var("WAAKVLAM_SEED").ok().map(|seed| seed.parse().unwrap());
    everybody(seed.unwrap_or_else(rand::random), &["--phases", "fuzzing", "--max-examples", "20"]).await;
}
