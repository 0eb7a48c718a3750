//! Places from a file, by the real binary on a real database: all of a file or nothing, and what was written about a door stays with it.

use std::path::Path;

use tempfile::TempDir;
use waakvlam::domain::{Body, Caseload, Entry, Payload, Role};
use waakvlam::sync::wire::StoredEntry;

use super::support::{TestServer, done, payload, put_keyring, visit, waakvlam};

const HEADER: &str = "buurtcode;jaar;complex;portiek;soort;straat;huisnummer;letter;toevoeging;postcode;verdieping";
const GOOD: &str = "BU03630000;2025;De Linde;A;portiek;Lindestraat;12;;1;1010LA;0";

/// Twenty kinds of bad rows, and what is said of each.
const BAD: [(&str, &str); 20] = [
    (";2025;De Linde;A;portiek;Lindestraat;2;;;1010LA;0", "buurtcode ontbreekt"),
    (
        "03630000;2025;De Linde;A;portiek;Lindestraat;4;;;1010LA;0",
        "buurtcode “03630000” begint niet met BU: bedoel je BU03630000?",
    ),
    ("WK036300;2025;De Linde;A;portiek;Lindestraat;6;;;1010LA;0", "buurtcode “WK036300” is geen CBS-code"),
    ("BU99990000;2025;De Linde;A;portiek;Elders;6;;;2010LA;0", "buurt BU99990000 kennen we niet"),
    ("BU03630000;25;De Linde;A;portiek;Lindestraat;8;;;1010LA;0", "jaar “25” is geen jaar van 1995"),
    ("BU03630000;2024;De Linde;A;portiek;Lindestraat;10;;;1010LA;0", "dezelfde buurt heeft op regel 2 een ander jaar"),
    ("BU03630000;2025;De Linde;A;flat;Lindestraat;14;;;1010LA;0", "soort “flat” kennen we niet"),
    ("BU03630000;2025;De Linde;;galerij;Lindestraat;16;;;1010LA;0", "soort is galerij, maar de kolom portiek is leeg"),
    ("BU03630000;2025;De Linde;Portiek A;hof;Lindestraat;18;;;1010LA;0", "hetzelfde portiek is op regel 2 van een andere soort"),
    ("BU03630000;2025;De Linde;A;portiek;;20;;;1010LA;0", "straat ontbreekt"),
    ("BU03630000;2025;De Linde;A;portiek;12;20;;;1010LA;0", "straat “12” is geen straatnaam"),
    ("BU03630000;2025;De Linde;A;portiek;Lindestraat;;;;1010LA;0", "huisnummer ontbreekt"),
    (
        "BU03630000;2025;De Linde;A;portiek;Lindestraat;100000;;;1010LA;0",
        "huisnummer “100000” is geen getal van 1 tot en met 99999",
    ),
    ("BU03630000;2025;De Linde;A;portiek;Lindestraat;12A;;;1010LA;0", "huisnummer “12A” is meer dan een getal"),
    ("BU03630000;2025;De Linde;A;portiek;Lindestraat;22;7;;1010LA;0", "letter “7” is niet één letter"),
    (
        "BU03630000;2025;De Linde;A;portiek;Lindestraat;24;;twee hoog achter;1010LA;0",
        "toevoeging “twee hoog achter” is geen toevoeging",
    ),
    ("BU03630000;2025;De Linde;A;portiek;Lindestraat;26;;;0101LA;0", "postcode “0101LA” is geen postcode"),
    ("BU03630000;2025;De Linde;A;portiek;Lindestraat;28;;;1010LA;bg", "verdieping “bg” is geen verdieping"),
    ("BU03630000;2025;De Linde;A;portiek;Lindestraat;12;;1;1010LA;0", "staat al op regel 2"),
    (
        "BU03630000;2025;De Linde;B;portiek;Lindestraat;12;;1;1010LA;0",
        "hetzelfde adres staat op regel 2 in een ander portiek of complex",
    ),
];

/// A folder with a database that knows the neighbourhood.
fn office() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    put_keyring(&folder.path().join("keyring.json"));
    done(folder.path(), &["neighbourhood", "add", "Lindewijk", "--code", "BU03630000", "--year", "2025"]);
    folder
}

fn put(folder: &Path, rows: &[&str]) {
    std::fs::write(folder.join("deuren.csv"), format!("\u{feff}{HEADER}\r\n{}\r\n", rows.join("\r\n"))).unwrap();
}

fn import(folder: &Path, rows: &[&str]) -> String {
    put(folder, rows);
    done(folder, &["neighbourhood", "import", "deuren.csv"])
}

#[test]
fn twenty_kinds_of_bad_rows_are_told_at_once_and_nothing_is_imported() {
    let office = office();
    let rows: Vec<&str> = std::iter::once(GOOD).chain(BAD.iter().map(|(row, _)| *row)).collect();
    put(office.path(), &rows);
    let said = waakvlam(office.path(), &["neighbourhood", "import", "deuren.csv"]);
    println!("{}", said.out);
    assert!(!said.good);
    for ((_, words), line) in BAD.iter().zip(3..) {
        let told = said.out.lines().any(|told| told.starts_with(&format!("regel {line}: ")) && told.contains(words));
        assert!(told, "line {line}, {words}:\n{}", said.out);
    }
    assert!(said.out.ends_with("Fouten: 20, op 20 regels.\nEr is niets geïmporteerd.\n"), "{}", said.out);
    assert!(said.err.contains("nothing was imported"), "{}", said.err);
    // Nothing: the good row is still new.
    assert!(import(office.path(), &[GOOD]).contains("nieuw 3 · veranderd 0 · weer terug 0 · weg 0 · hetzelfde 0"));
}

#[test]
fn importing_again_changes_only_what_changed() {
    let office = office();
    let rows: Vec<String> =
        (1..=100).map(|number| format!("BU03630000;2025;De Linde;A;portiek;Lindestraat;{number};;;1010LA;0")).collect();
    let mut rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    put(office.path(), &rows);
    let trial = done(office.path(), &["neighbourhood", "import", "deuren.csv", "--dry-run"]);
    assert!(trial.contains("nieuw 102") && trial.contains("er is niets geïmporteerd"), "{trial}");
    assert!(import(office.path(), &rows).contains("nieuw 102 ·"));
    rows.reverse();
    let again = import(office.path(), &rows);
    assert!(
        again.contains("nieuw 0 · veranderd 0 · weer terug 0 · weg 0 · hetzelfde 102\nEr was niets te veranderen."),
        "{again}"
    );

    let fewer = &rows[..97];
    let changed = "BU03630000;2025;De Linde;A;portiek;Lindestraat;100;;;1010LB;2";
    let third = import(office.path(), &[&fewer[1..], &[changed]].concat());
    assert!(third.contains("nieuw 0 · veranderd 1 · weer terug 0 · weg 3 · hetzelfde 98"), "{third}");
    assert!(third.contains("veranderd: Lindestraat 100 (postcode 1010LA → 1010LB, verdieping 0 → 2)"), "{third}");
    assert!(third.contains("weg (verborgen, niet gewist): Lindestraat 2\n"), "{third}");

    put(office.path(), &rows[..50]);
    let half = waakvlam(office.path(), &["neighbourhood", "import", "deuren.csv"]);
    assert!(!half.good && half.out.contains("--hide-many"), "{half:?}");
    let half = done(office.path(), &["neighbourhood", "import", "deuren.csv", "--hide-many"]);
    assert!(half.contains("weg 47 "), "{half}");
}

#[test]
fn a_file_that_is_no_csv_in_utf8_says_so() {
    let office = office();
    let whole = |bytes: &[u8]| {
        std::fs::write(office.path().join("deuren.csv"), bytes).unwrap();
        let said = waakvlam(office.path(), &["neighbourhood", "import", "deuren.csv"]);
        assert!(!said.good && said.out.ends_with("Er is niets geïmporteerd.\n"), "{said:?}");
        said.out
    };
    let old = [HEADER.as_bytes(), b"\r\n", GOOD.as_bytes(), b"\r\nBU03630000;2025;;;;Caf\xe9straat;1;;;1010LC;\r\n"].concat();
    let said = whole(&old);
    assert!(said.contains("niet in UTF-8") && said.contains("regel 3: straat bevat een teken dat niet te lezen is"), "{said}");
    assert!(whole(b"PK\x03\x04").contains("werkmap"));
    assert!(whole(GOOD.as_bytes()).contains("regel 1: hier horen de namen van de kolommen te staan"));
    assert!(whole(HEADER.replace(";jaar", "").as_bytes()).contains("deze kolommen ontbreken: jaar"));
    let quote = format!("{HEADER}\n{GOOD}\nBU03630000;2025;\"De Linde;A;portiek;Lindestraat;14;;1;1010LA;0\n{GOOD}\n");
    assert!(whole(quote.as_bytes()).contains("regel 3: een cel loopt door op de volgende regel"));
    let said = waakvlam(office.path(), &["neighbourhood", "import", "nergens.csv"]);
    assert!(!said.good && said.err.contains("reading nergens.csv"), "{said:?}");
}

#[test]
fn a_neighbourhood_takes_its_code_from_the_file_when_it_is_told_so() {
    let office = office();
    done(office.path(), &["neighbourhood", "add", "Beukwijk"]);
    let beuk = "BU0363AA01;2025;;;;Beukstraat;1;;;1011BA;";
    put(office.path(), &[GOOD, beuk]);
    let said = waakvlam(office.path(), &["neighbourhood", "import", "deuren.csv"]);
    assert!(!said.good && said.out.contains("regel 3: buurt BU0363AA01 kennen we niet"), "{said:?}");
    let said = waakvlam(office.path(), &["neighbourhood", "import", "deuren.csv", "--neighbourhood", "Beukwijk"]);
    assert!(!said.good && said.out.contains("regel 3: buurt BU0363AA01 is een tweede buurt"), "{said:?}");
    put(office.path(), &[GOOD]);
    let said = waakvlam(office.path(), &["neighbourhood", "import", "deuren.csv", "--neighbourhood", "Beukwijk"]);
    assert!(!said.good && said.err.contains("BU03630000 is the code of Lindewijk"), "{said:?}");
    put(office.path(), &[beuk]);
    done(office.path(), &["neighbourhood", "import", "deuren.csv", "--neighbourhood", "beukwijk"]);
    assert!(done(office.path(), &["neighbourhood", "list"]).contains("BU0363AA01  2025  Beukwijk"));
    // From now on the code is enough, for both in one file.
    let both = import(office.path(), &[GOOD, beuk]);
    assert!(both.contains("Lindewijk (BU03630000, 2025)") && both.contains("Beukwijk (BU0363AA01, 2025)"), "{both}");
    let said = waakvlam(office.path(), &["neighbourhood", "add", "Derde", "--code", "BU0363AA01", "--year", "2025"]);
    assert!(!said.good && said.err.contains("is the code of Beukwijk"), "{said:?}");
    assert!(!done(office.path(), &["neighbourhood", "list"]).contains("Derde"));
}

fn fold(entries: &[StoredEntry]) -> Caseload {
    Caseload::fold(entries.iter().map(|stored| Entry {
        id: stored.id,
        author: stored.author,
        device: stored.device,
        n: stored.n,
        seq: Some(stored.seq),
        received_at: Some(stored.received_at),
        payload: Some(Payload::parse(stored.payload.get()).unwrap()),
    }))
}

#[tokio::test]
async fn what_was_written_about_a_door_stays_with_it_beside_a_running_server() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let folder = server.folder.path();
    put(folder, &[GOOD]);
    done(folder, &["neighbourhood", "import", "deuren.csv", "--neighbourhood", "Rivierenwijk"]);
    let (entries, _) = phone.pull_all(server.neighbourhood).await;
    let caseload = fold(&entries);
    let door = caseload.places.values().find(|state| state.place.address.is_some()).unwrap().id;
    let mut about = visit("koffie");
    about.subject = waakvlam::domain::Subject::Place(door);
    let written = phone.write(&about);
    phone.push(server.neighbourhood, &[written]).await;

    let corrected = "BU03630000;2025;De Linde;B;portiek;Lindelaan;12;;1;1010LA;1";
    let said = import(folder, &[corrected]);
    assert!(said.contains("veranderd: Lindelaan 12-1 (adres Lindestraat 12-1 → Lindelaan 12-1, verdieping 0 → 1)"), "{said}");
    let (entries, _) = phone.pull_all(server.neighbourhood).await;
    let caseload = fold(&entries);
    assert_eq!(caseload.visits_at(door).len(), 1);
    assert_eq!(caseload.place_name(door), "Lindelaan 12-1");
    assert!(caseload.inadmissible.is_empty());

    // A phone can't do what the import does.
    let place = caseload.places[&door].place.clone();
    let forged = phone.write(&payload(Body::Place(place)));
    let outcome = phone.push(server.neighbourhood, &[forged]).await;
    assert!(format!("{outcome:?}").contains("Quarantined"), "{outcome:?}");
}
