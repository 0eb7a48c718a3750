//! PostgreSQL stops in the middle of work, as if it was killed: the server says 503 and acknowledges nothing, and goes on by itself when
//! the database is back.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::ground::{Ground, Kind};
use super::senders::Crowd;
use super::setting;

/// How long anything may take that must happen.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until the server's readiness has this status.
async fn until_ready(base: &str, status: u16) {
    let begun = Instant::now();
    loop {
        let ready = reqwest::get(format!("{base}/api/v1/ready")).await.unwrap().status().as_u16();
        if ready == status {
            return;
        }
        assert!(begun.elapsed() < PATIENCE, "/ready says {ready}, not {status}");
        sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn a_lost_database_is_said_and_loses_nothing() {
    let rounds: usize = setting("ROUNDS", 2);
    let mut ground = Ground::found(Kind::Postgres, 2).await;
    let office = ground.serve();
    let mut crowd = Crowd::gather(&ground, &office, 3, setting("SEED", rand::random())).await;
    for _ in 0..rounds {
        let pushing = crowd.send_off(&[&office]);
        sleep(crowd.push_time * 5).await;
        ground.postgres.as_mut().unwrap().stop();
        until_ready(&office.base(), 503).await;
        let health = reqwest::get(format!("{}/api/v1/health", office.base())).await.unwrap();
        assert_eq!(health.status(), 200, "the process lives");
        // Every phone is told, once at least.
        sleep(crowd.push_time * 5).await;
        ground.postgres.as_mut().unwrap().start_again();
        until_ready(&office.base(), 200).await;
        sleep(crowd.push_time * 5).await;
        pushing.stop();
        crowd.come_back(pushing).await;
        // What was acknowledged before and after is there; what was refused is sent again.
        crowd.check(&office).await;
    }
    assert!(crowd.refused() > 0, "pushes met the lost database");
    let told = crowd.all_is_there(&office).await;
    println!("lost database: stops={rounds} refused={} acknowledged={told} lost=0 doubled=0", crowd.refused());
}
