//! A method that the suite skips is a method that drifts.

/// The methods of the trait.
pub fn methods() -> Vec<&'static str> {
    let room = include_str!("../../src/server/storage/mod.rs");
    let (_, storage) = room.split_once("pub trait Storage").unwrap();
    let (storage, _) = storage.split_once("\n}\n").unwrap();
    storage.split("async fn ").skip(1).map(|rest| rest.split_once('(').unwrap().0).collect()
}

#[test]
fn the_suite_calls_every_method_of_the_trait() {
    let suite = [
        include_str!("people.rs"),
        include_str!("entries.rs"),
        include_str!("at_once.rs"),
        include_str!("places.rs"),
        include_str!("erased.rs"),
        include_str!("closed.rs"),
    ]
    .concat();
    let methods = methods();
    assert!(methods.len() >= 27, "the scan sees the trait: {methods:?}");
    let skipped: Vec<_> = methods.iter().filter(|method| !suite.contains(&format!(".{method}("))).collect();
    assert!(skipped.is_empty(), "not in the suite: {skipped:?}");
}
