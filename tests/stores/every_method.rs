//! A method that the suite skips is a method that drifts.

#[test]
fn the_suite_calls_every_method_of_the_trait() {
    let room = include_str!("../../src/store/mod.rs");
    let suite = include_str!("suite.rs");
    let (_, store) = room.split_once("pub trait Store {").unwrap();
    let methods: Vec<_> = store.split("async fn ").skip(1).map(|rest| rest.split_once('(').unwrap().0).collect();
    assert!(methods.len() >= 19, "the scan sees the trait: {methods:?}");
    let skipped: Vec<_> = methods.iter().filter(|method| !suite.contains(&format!(".{method}("))).collect();
    assert!(skipped.is_empty(), "not in the suite: {skipped:?}");
}
