//! A server process that is killed: what it acknowledged is there.

use waakvlam::domain::Role;

use super::support::{Phone, Served, TestServer, visit};

#[tokio::test]
async fn what_a_killed_server_acknowledged_is_there() {
    let server = TestServer::start().await;
    let mut phone: Phone = server.phone("samira", Role::Worker).await;
    let journal = server.neighbourhood;
    let TestServer { folder, running, .. } = server;
    running.stop().await.unwrap();
    let mut acknowledged = Vec::new();
    for _ in 0..3 {
        let served = Served::start(folder.path());
        phone.base.clone_from(&served.base);
        for _ in 0..5 {
            let written = phone.write(&visit(""));
            phone.push(journal, std::slice::from_ref(&written)).await;
            acknowledged.push(written.id);
        }
        drop(served);
    }
    let served = Served::start(folder.path());
    phone.base.clone_from(&served.base);
    let (entries, _) = phone.pull_all(journal).await;
    drop(served);
    assert_eq!(entries.iter().map(|entry| entry.id).collect::<Vec<_>>(), acknowledged);
}
