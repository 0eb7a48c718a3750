//! How many pushes it takes: run with `--ignored --nocapture`, in release.

use std::time::Instant;

use waakvlam::domain::Role;

use super::support::{Phone, TestServer, visit};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement, not a test"]
async fn pushes_a_second() {
    const PHONES: usize = 50;
    const PUSHES: usize = 40;
    const EACH: usize = 12;
    let server = TestServer::start().await;
    let first = server.phone("samira", Role::Worker).await;
    let mut phones = Vec::new();
    for _ in 0..PHONES {
        phones.push(Phone::sign_in(&server.base(), "samira", &first.login_key).await);
    }
    let journal = server.neighbourhood;
    let ready: Vec<_> = phones
        .into_iter()
        .map(|mut phone| {
            let pushes: Vec<Vec<_>> =
                (0..PUSHES).map(|_| (0..EACH).map(|_| phone.write(&visit("koffie, alles goed"))).collect()).collect();
            (phone, pushes)
        })
        .collect();
    let start = Instant::now();
    let running: Vec<_> = ready
        .into_iter()
        .map(|(phone, pushes)| {
            tokio::spawn(async move {
                let mut times = Vec::new();
                for push in pushes {
                    let sent = Instant::now();
                    phone.push(journal, &push).await;
                    times.push(sent.elapsed());
                }
                times
            })
        })
        .collect();
    let mut times = Vec::new();
    for phone in running {
        times.extend(phone.await.unwrap());
    }
    let seconds = start.elapsed().as_secs_f64();
    times.sort_unstable();
    let (pushes, entries) = (times.len() as f64, (times.len() * EACH) as f64);
    println!(
        "load: phones={PHONES} each={EACH} pushes_per_s={:.0} entries_per_s={:.0} p50={:?} p99={:?}",
        pushes / seconds,
        entries / seconds,
        times[times.len() / 2],
        times[times.len() * 99 / 100]
    );
}
