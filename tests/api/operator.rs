//! What else an operator does by hand.

use waakvlam::domain::Role;

use super::support::{Phone, TestServer, done, visit, waakvlam};

#[tokio::test]
async fn somebody_without_a_link_gets_a_new_one_and_the_numbers_name_nobody() {
    let server = TestServer::start().await;
    let (_, old) = server.add("samira", Role::Worker, &[server.neighbourhood]).await;
    let folder = server.folder.path();
    let on = |arguments: &[&'static str]| {
        let keyring = server.data.keyring_path().display().to_string();
        let database = ["--database", server.data.database.as_str(), "--keyring", keyring.as_str()];
        waakvlam(folder, &[database.as_slice(), arguments].concat())
    };
    let said = on(&["user", "link", "--login-name", "Samira", "--base-url", "https://waakvlam.example.nl/"]).out;
    let code = said.lines().find_map(|line| line.strip_prefix("https://waakvlam.example.nl/aanmelden#")).unwrap();
    assert!(said.contains("For Naam van samira, once, until"), "{said}");
    let answer = reqwest::Client::new().post(format!("{}/api/v1/enrolments/lookup", server.base()));
    let answer = answer.json(&serde_json::json!({ "code": super::support::code(&old) })).send().await.unwrap();
    assert_eq!(answer.status(), 410, "the earlier link no longer works");
    let mut phone = Phone::enrol(&server.base(), code).await;
    let written = phone.write(&visit("een geheim"));
    phone.push(server.neighbourhood, &[written]).await;
    let forged = phone.seal_raw(server.neighbourhood, 2, b"no entry");
    phone.push_sealed(server.neighbourhood, vec![forged]).await;

    let said = on(&["status"]).out;
    assert!(said.contains("Accounts: 1, of which 1 signed up"), "{said}");
    assert!(said.contains("Rivierenwijk: 1 entries, 1 set apart, 1 not_an_entry"), "{said}");
    assert!(!said.contains("samira") && !said.contains("geheim"), "{said}");
    let unknown = on(&["user", "link", "--login-name", "nobody"]);
    assert!(!unknown.good && unknown.err.contains("nobody has the login name"), "{unknown:?}");
}

/// What the operator's page and its files tell somebody to type exists.
#[test]
fn the_operators_page_names_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let help = |command: &[&str]| done(folder.path(), &[command, &["--help"]].concat());
    let page = include_str!("../../src/server/OPERATING.md");
    let mut commands = 0;
    for line in page.lines().filter_map(|line| line.strip_prefix("# waakvlam ")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let depth = if ["user", "neighbourhood", "help-line", "party"].contains(&words[0]) { 2 } else { 1 };
        let help = help(&words[..depth]);
        for flag in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(flag), "{line}: {help}");
        }
        commands += 1;
    }
    assert!(commands >= 12, "the scan sees the commands");
    let known = [help(&["serve"]), help(&["user", "add"])].concat();
    let settings = include_str!("../../src/server/systemd/waakvlam.env");
    let names = settings.lines().filter_map(|line| line.trim_start_matches('#').split_once("=\"")).map(|(name, _)| name);
    for name in names {
        assert!(known.contains(&format!("[env: {name}")), "{name} is no setting");
    }
    for unit in [
        include_str!("../../src/server/systemd/waakvlam.service"),
        include_str!("../../src/server/systemd/waakvlam-backup.service"),
    ] {
        let exec = unit.lines().find_map(|line| line.strip_prefix("ExecStart=/opt/waakvlam/waakvlam ")).unwrap();
        help(&exec.split_whitespace().take(1).collect::<Vec<_>>());
    }
}
