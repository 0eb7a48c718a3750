//! Whom to call and whom to ask: the office sets it by a command, every member of staff reads it, and nobody else writes it.

use std::path::Path;

use waakvlam::domain::body::{HelpLine, Party, PartyContact};
use waakvlam::domain::{Body, Caseload, Entry, JournalId, JournalKind, Payload, Role};
use waakvlam::sync::wire::{Outcome, Reason};

use super::support::{Phone, Said, TestServer, payload, waakvlam};

struct Office {
    server: TestServer,
    journal: JournalId,
}

impl Office {
    async fn new() -> Self {
        let server = TestServer::start().await;
        let journals = server.storage().journals().await.unwrap();
        let journal = journals.iter().find(|row| row.kind == JournalKind::Organisation).unwrap().journal;
        Self { server, journal }
    }

    fn folder(&self) -> &Path {
        self.server.folder.path()
    }

    fn on(&self, arguments: &[&str]) -> Said {
        let keyring = self.server.data.keyring_path().display().to_string();
        let database = ["--database", self.server.data.database.as_str(), "--keyring", keyring.as_str()];
        waakvlam(self.folder(), &[database.as_slice(), arguments].concat())
    }

    /// The organisation's journal as a phone adds it up.
    async fn held(&self, phone: &Phone) -> Caseload {
        let (entries, _) = phone.pull_all(self.journal).await;
        Caseload::fold(entries.into_iter().map(|entry| Entry {
            id: entry.id,
            author: entry.author,
            device: entry.device,
            n: entry.n,
            seq: Some(entry.seq),
            received_at: None,
            payload: Payload::parse(entry.payload.get()).ok(),
        }))
    }
}

#[tokio::test]
async fn what_the_office_sets_comes_to_everybody_who_works_here() {
    let office = Office::new().await;
    let phones = [
        office.server.phone("samira", Role::Worker).await,
        office.server.phone("ineke", Role::Supervisor).await,
        office.server.phone("ruud", Role::Administrator).await,
    ];
    let list = office.on(&["help-line", "list"]).out;
    assert_eq!(list.lines().count(), 5, "{list}");
    assert!(list.starts_with("10\t112\t112\t"), "{list}");

    let crisis = ["--dial", "(020) 123 45-67", "--shown", "020-123 45 67, dag en nacht", "--acute", "--order", "15"];
    let set = office.on(&[&["help-line", "set", "Crisisdienst"], crisis.as_slice()].concat());
    assert!(set.good && set.out.contains("\tCrisisdienst\t0201234567\t"), "{set:?}");
    // Of one that is there only what is given changes.
    let set = office.on(&["help-line", "set", "crisisdienst", "--order", "25", "--checked", "2026-01-31"]);
    assert!(
        set.out.contains("25\tCrisisdienst\t0201234567\t020-123 45 67, dag en nacht\tchecked 2026-01-31\tday and night"),
        "{set:?}"
    );
    assert!(office.on(&["help-line", "hide", "Geldfit"]).good);
    let set = office.on(&["party", "set", "debt-help", "--name", "Plangroep", "--dial", "020 123 4568", "--asks", "schulden"]);
    assert!(set.good && set.out.contains("debt_help\tPlangroep\t0201234568\tschulden"), "{set:?}");
    assert!(office.on(&["party", "hide", "school"]).good);

    for phone in &phones {
        let caseload = office.held(phone).await;
        let lines = caseload.directory.lines();
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["112", "Veilig Thuis", "Crisisdienst", "113 Zelfmoordpreventie", "Meldpunt Zorgwekkend Gedrag"]);
        assert_eq!(caseload.directory.called(Party::DebtHelp), Some("Plangroep"));
        assert!(!caseload.directory.asked().contains(&Party::School));
    }
    let listed = office.on(&["help-line", "list"]).out;
    assert!(listed.lines().any(|line| line.contains("Geldfit") && line.ends_with("hidden")), "{listed}");
    let parties = office.on(&["party", "list"]).out;
    assert_eq!(parties.lines().count(), Party::ALL.len());
    assert!(parties.lines().any(|line| line == "school\thidden"), "{parties}");
    assert!(office.on(&["party", "set", "school"]).good, "it is asked again");
    assert!(office.held(&phones[0]).await.directory.asked().contains(&Party::School));
    // The committee reads no journal, and so not this one.
    let committee = office.server.phone("tineke", Role::Committee).await;
    assert!(committee.me.journals.iter().all(|granted| granted.journal != office.journal));
}

#[tokio::test]
async fn what_is_no_good_is_said_all_at_once_and_nothing_is_set() {
    let office = Office::new().await;
    let samira = office.server.phone("samira", Role::Worker).await;
    let (before, _) = samira.pull_all(office.journal).await;
    let long = "a".repeat(121);
    let refused: [(&[&str], &str); 10] = [
        (&["help-line", "set", "Nieuw"], "a new number needs --dial"),
        (&["help-line", "set", "Nieuw", "--dial", "nul tien"], "3 to 15 digits"),
        (
            &["help-line", "set", " ", "--dial", "12", "--shown", &long],
            "a name is 1 to 60 letters on one line; what is dialled is 3 to 15 digits, with a + before them or without; what is shown is at most 120",
        ),
        (&["help-line", "set", "Nieuw", "--dial", "0900", "--checked", "2999-01-01"], "a day that has not been yet"),
        (&["help-line", "set", "Nieuw", "--dial", "0900", "--checked", "gisteren"], "--checked"),
        (&["help-line", "hide", "112"], "112 is always there"),
        (&["help-line", "set", "112", "--acute", "false"], "112 is always there"),
        (&["help-line", "hide", "Nieuw"], "there is no number of “Nieuw”"),
        (&["party", "set", "bakker", "--name", "De bakker"], "there is no party “bakker”; known: district_team, welfare"),
        (&["party", "set", "doctor", "--dial", "bel maar"], "3 to 15 digits"),
    ];
    for (arguments, why) in refused {
        let said = office.on(arguments);
        assert!(!said.good && said.err.contains(why), "{arguments:?}: {said:?}");
    }
    let (after, _) = samira.pull_all(office.journal).await;
    assert_eq!(before.len(), after.len(), "nothing was set");
}

#[tokio::test]
async fn nobody_writes_it_but_who_manages() {
    let office = Office::new().await;
    let line: Body = HelpLine {
        name: "Veilig Thuis".to_owned(),
        dial: "0909123456".to_owned(),
        shown: "bel mij".to_owned(),
        english: String::new(),
        acute: true,
        order: 1,
        checked: "2026-03-01".parse().unwrap(),
        hidden: false,
    }
    .into();
    let party: Body = PartyContact {
        party: Party::Doctor,
        name: "Ik".to_owned(),
        dial: "0909123456".to_owned(),
        shown: String::new(),
        asks: String::new(),
        hidden: false,
    }
    .into();
    for (name, role) in [("samira", Role::Worker), ("ineke", Role::Supervisor)] {
        let mut phone = office.server.phone(name, role).await;
        let written = [&line, &party].map(|body| phone.write(&payload(body.clone())));
        for journal in [office.journal, office.server.neighbourhood] {
            let outcomes = phone.push(journal, &written).await;
            assert_eq!(outcomes, [(); 2].map(|()| Outcome::Quarantined { reason: Reason::NotAllowed }), "{name}");
            assert!(office.held(&phone).await.directory.is_empty(), "{name}");
        }
    }
    // Whoever manages may write it from a phone, too, as staff names: there is no screen for it yet.
    let mut ruud = office.server.phone("ruud", Role::Administrator).await;
    let written = [&line, &party].map(|body| ruud.write(&payload(body.clone())));
    let outcomes = ruud.push(office.journal, &written).await;
    assert!(outcomes.iter().all(|outcome| matches!(outcome, Outcome::Stored { .. })), "{outcomes:?}");
    assert_eq!(office.held(&ruud).await.directory.called(Party::Doctor), Some("Ik"));
}
