//! The server is killed in the middle of pushes, again and again. What it acknowledged is noted here, in another process.

use std::time::Instant;

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::time::sleep;

use super::ground::{Ground, Kind};
use super::senders::{Crowd, MOMENTS};
use super::{row, setting};

const JOURNALS: usize = 2;
const PHONES_EACH: usize = 2;
/// One in so many kills hits a server that is still starting.
const EARLY: u32 = 10;
/// The database itself is looked at after so many kills, and at the end.
const LOOK: usize = 25;

async fn kill(kind: Kind, kills: usize) {
    let seed: u64 = setting("SEED", rand::random());
    println!("→ {kills} kills of a server on {kind}, SEED={seed}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let ground = Ground::found(kind, JOURNALS).await;
    let begun = Instant::now();
    let mut office = ground.serve();
    let start_time = begun.elapsed();
    let mut crowd = Crowd::gather(&ground, &office, PHONES_EACH, rng.random()).await;
    let (mut killed, mut early) = (0, 0);
    while killed < kills {
        crowd.check(&office).await;
        let pushing = crowd.send_off(&[&office]);
        sleep(crowd.push_time.mul_f64(rng.random_range(0.0..10.0))).await;
        office.kill();
        crowd.note_moments(&pushing);
        killed += 1;
        crowd.come_back(pushing).await;
        if killed % LOOK == 0 {
            ground.is_sound().await;
        }
        while killed < kills && rng.random_ratio(1, EARLY) {
            let mut starting = ground.start();
            sleep(start_time.mul_f64(rng.random())).await;
            starting.kill();
            (killed, early) = (killed + 1, early + 1);
        }
        office = ground.serve();
    }
    let told = crowd.all_is_there(&office).await;
    office.kill();
    ground.is_sound().await;
    assert_eq!(ground.set_apart().await, 0, "nothing was set apart");

    let count = &crowd.count;
    row("a push takes, median, ms", format!("{:.1}", crowd.push_time.as_secs_f64() * 1000.0));
    row("kills", killed);
    row("  of them while the server was starting", early);
    for (moment, count) in MOMENTS.iter().zip(count.moments) {
        row(format!("  senders at a kill: {moment}"), count);
    }
    row("pushes without an answer, all of it there afterwards", count.unanswered_there);
    row("pushes without an answer, nothing of it there", count.unanswered_not_there);
    row("pushes sent again, same numbers", count.sent_again);
    row("entries acknowledged, each there under its number", told);
    println!(
        "kill: database={kind} kills={killed} acknowledged={told} lost=0 doubled=0 renumbered=0 torn=0 integrity=ok \
         committed_unanswered={} seed={seed}",
        count.unanswered_there
    );
}

#[tokio::test]
async fn a_killed_server_has_what_it_acknowledged_on_sqlite() {
    kill(Kind::Sqlite, setting("KILLS", 10)).await;
}

#[tokio::test]
async fn a_killed_server_has_what_it_acknowledged_on_postgres() {
    kill(Kind::Postgres, setting("KILLS", 10)).await;
}
