//! Two servers over one PostgreSQL, both under load; one is killed, again and again. Its phones go on at the other, as behind a proxy.

use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use tokio::time::sleep;

use super::ground::{Ground, Kind};
use super::senders::{Crowd, MOMENTS};
use super::{row, setting};

#[tokio::test]
async fn of_two_servers_one_is_killed_and_no_entry_is_lost() {
    let seed: u64 = setting("SEED", rand::random());
    let kills = setting("KILLS", 6);
    println!("→ two servers over one PostgreSQL, {kills} kills of one of them, SEED={seed}");
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let ground = Ground::found(Kind::Postgres, 3).await;
    let mut servers = [ground.serve(), ground.serve()];
    let mut crowd = Crowd::gather(&ground, &servers[0], 4, rng.random()).await;
    for kill in 0..kills {
        let pushing = crowd.send_off(&[&servers[0], &servers[1]]);
        sleep(crowd.push_time.mul_f64(rng.random_range(1.0..10.0))).await;
        let (killed, other) = if rng.random_bool(0.5) { (0, 1) } else { (1, 0) };
        servers[killed].kill();
        crowd.note_moments(&pushing);
        // The other one has all of them for a while.
        sleep(crowd.push_time.mul_f64(rng.random_range(5.0..10.0))).await;
        pushing.stop();
        crowd.come_back(pushing).await;
        crowd.check(&servers[other]).await;
        assert!(crowd.told() > kill, "they go on");
        servers[killed] = ground.serve();
    }
    let told = crowd.all_is_there(&servers[0]).await;
    drop(servers);
    ground.is_sound().await;
    assert_eq!(ground.set_apart().await, 0, "nothing was set apart");
    for (moment, count) in MOMENTS.iter().zip(crowd.count.moments) {
        row(format!("senders at a kill, of either server: {moment}"), count);
    }
    row("pushes sent again, same numbers", crowd.count.sent_again);
    row("entries acknowledged, each there under its number", told);
    println!("two-servers: kills={kills} acknowledged={told} lost=0 doubled=0 dense=yes integrity=ok seed={seed}");
}
