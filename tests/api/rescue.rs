//! The file that a phone saves when it can't keep an entry: opened by the server alone, and taken in as a push would be.

use rand::seq::SliceRandom as _;
use serde_json::json;
use uuid::Uuid;
use waakvlam::domain::{DeviceId, Role};
use waakvlam::sync::chain;
use waakvlam::sync::wire::rescue::{Rescue, Rescued, VERSION};
use waakvlam::sync::wire::{Blob, NewDevice, SealedRecord};

use super::support::{Phone, Said, TestServer, new_device, visit, waakvlam};

fn rescued(server: &TestServer, phone: &Phone, record: SealedRecord) -> Rescued {
    Rescued { device: phone.device, journal: server.neighbourhood, n: record.n, sealed: record.sealed }
}

fn take_in(server: &TestServer, rescue: &Rescue, more: &[&str]) -> Said {
    std::fs::write(server.folder.path().join("nood.json"), serde_json::to_vec(rescue).unwrap()).unwrap();
    let keyring = server.data.keyring_path().display().to_string();
    let on = ["--database", server.data.database.as_str(), "--keyring", keyring.as_str(), "rescue", "nood.json"];
    waakvlam(server.folder.path(), &[on.as_slice(), more].concat())
}

#[tokio::test]
async fn a_rescue_file_is_taken_in_as_a_push_would_be_however_often() {
    let server = TestServer::start().await;
    let mut phone = server.phone("samira", Role::Worker).await;
    let sent = phone.write(&visit("al verstuurd"));
    phone.push(server.neighbourhood, std::slice::from_ref(&sent)).await;
    phone.n = (1 << 52) + 17;
    let stranded: Vec<_> = (0..3).map(|i| phone.write(&visit(&format!("een geheim {i}")))).collect();
    let mut records: Vec<_> = stranded.iter().map(|written| phone.seal(server.neighbourhood, written)).collect();
    records.push(phone.seal(server.neighbourhood, &sent));
    records.push(phone.seal_raw(server.neighbourhood, 1 << 52, b"no entry"));
    let mut damaged = phone.seal(server.neighbourhood, &stranded[0]);
    damaged.sealed.0[20] ^= 1;
    records.push(damaged);
    records.shuffle(&mut rand::rng());
    let records = records.into_iter().map(|record| rescued(&server, &phone, record)).collect();
    let rescue = Rescue { waakvlam_rescue: VERSION, outbox_key: None, records };
    assert!(!serde_json::to_string(&rescue).unwrap().contains("geheim"));

    let said = take_in(&server, &rescue, &[]);
    assert!(said.good, "{said:?}");
    assert_eq!(
        said.out,
        "In dit bestand: 6 aantekeningen.\n  3 opgenomen in het logboek\n  1 had het kantoor al\n  1 apart gelegd (1 not_an_entry)\n  \
         1 niet te openen: beschadigd, of niet van een telefoon van dit kantoor\n"
    );
    let said = take_in(&server, &rescue, &[]);
    assert!(said.out.contains("  4 had het kantoor al\n") && !said.out.contains("opgenomen"), "{said:?}");
    // And the phone may still send the same.
    phone.push(server.neighbourhood, &stranded).await;
    let (entries, page) = phone.pull_all(server.neighbourhood).await;
    assert_eq!((entries.len(), page.head), (4, 4), "each is there once");
    for entry in &entries {
        let commitment = chain::commitment(&entry.salt, entry.payload.get());
        let receipt = server.server().keyring.receipt(server.neighbourhood, entry.id, phone.me.user, &commitment);
        assert_eq!((entry.author, entry.receipt), (phone.me.user, receipt));
    }
    assert_eq!(server.storage().quarantined(server.neighbourhood).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_phone_that_a_restore_lost_counts_for_whom_the_operator_vouches() {
    let server = TestServer::start().await;
    let known = server.phone("samira", Role::Worker).await;
    let mut lost = server.phone("bert", Role::Worker).await;
    (lost.device, lost.key) = (DeviceId(Uuid::new_v4()), rand::random());
    let written = lost.write(&visit("weg"));
    let sealed = || rescued(&server, &lost, lost.seal(server.neighbourhood, &written));
    let NewDevice { outbox_key, .. } = new_device(&lost.http, &lost.base, lost.device, &lost.key).await;
    let rescue = Rescue { waakvlam_rescue: VERSION, outbox_key: Some(outbox_key), records: vec![sealed()] };
    let said = take_in(&server, &rescue, &[]);
    assert!(said.good && said.out.contains("  1 niet opgenomen\n") && said.out.contains("--phone-of"), "{said:?}");
    // The key alone says nothing of whose it is; and another's records are not taken with it.
    let mut forged = sealed();
    forged.device = known.device;
    let said = take_in(&server, &Rescue { records: vec![forged], ..rescue.clone() }, &["--phone-of", "bert"]);
    assert!(said.good && said.out.contains("  1 niet te openen"), "{said:?}");
    let said = take_in(&server, &rescue, &["--phone-of", "nobody"]);
    assert!(!said.good && said.err.contains("nobody has the login name"), "{said:?}");
    let said = take_in(&server, &rescue, &["--phone-of", "Bert"]);
    assert!(said.good && said.out.contains("  1 opgenomen"), "{said:?}");
    let (entries, _) = known.pull_all(server.neighbourhood).await;
    assert_eq!(entries.iter().map(|entry| (entry.id, entry.author)).collect::<Vec<_>>(), [(written.id, lost.me.user)]);

    // A number that no phone gives, another version, and what is no such file at all.
    let mut odd = sealed();
    odd.n = u64::MAX;
    let said = take_in(&server, &Rescue { records: vec![odd], ..rescue.clone() }, &["--phone-of", "bert"]);
    assert!(said.good && said.out.contains("  1 niet te openen"), "{said:?}");
    let said = take_in(&server, &Rescue { waakvlam_rescue: 2, ..rescue.clone() }, &[]);
    assert!(!said.good && said.err.contains("of another version"), "{said:?}");
    let said = take_in(&server, &Rescue { outbox_key: Some(Blob(vec![1; 256])), ..rescue }, &["--phone-of", "bert"]);
    assert!(said.good && said.out.contains("  1 niet opgenomen\n"), "{said:?}");
    std::fs::write(server.folder.path().join("nood.json"), json!({ "records": "geen" }).to_string()).unwrap();
    let said = waakvlam(server.folder.path(), &["rescue", "nood.json"]);
    assert!(!said.good && said.err.contains("nood.json is not a rescue file"), "{said:?}");
}
