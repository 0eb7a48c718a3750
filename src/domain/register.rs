//! A field that two people can change without either losing.
//!
//! A register keeps every value that nobody has replaced knowingly. A change says which entries its
//! writer saw there; those it replaces. What the writer had not seen stays beside it, until a person
//! chooses (a change that saw both). Somebody's own later value always replaces their own earlier one.

use chrono::{DateTime, Utc};

use super::ids::{EntryId, UserId};

/// One value that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head<T> {
    /// The entry that set it.
    pub by: EntryId,
    /// Who wrote that.
    pub author: UserId,
    /// When, by the writer's clock.
    pub at: DateTime<Utc>,
    /// The value.
    pub value: T,
}

/// A field with all the values that stand. There is always at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Register<T> {
    first: Head<T>,
    more: Vec<Head<T>>,
}

impl<T: PartialEq + Clone> Register<T> {
    /// The field as it is first written.
    #[must_use]
    pub fn new(head: Head<T>) -> Self {
        Self { first: head, more: Vec::new() }
    }

    /// Sets the field. `saw` are the entries that the writer saw there.
    pub fn set(&mut self, saw: &[EntryId], head: Head<T>) {
        let mut stay: Vec<Head<T>> =
            self.heads().filter(|old| !saw.contains(&old.by) && old.author != head.author).cloned().collect();
        stay.push(head);
        let mut stay = stay.into_iter();
        if let Some(first) = stay.next() {
            self.first = first;
            self.more = stay.collect();
        }
    }

    /// The values that stand, oldest first.
    pub fn heads(&self) -> impl Iterator<Item = &Head<T>> {
        std::iter::once(&self.first).chain(&self.more)
    }

    /// The entries that set what stands: what a change written now has seen.
    #[must_use]
    pub fn seen(&self) -> Vec<EntryId> {
        self.heads().map(|head| head.by).collect()
    }

    /// Whether a person has to choose: two different values stand.
    #[must_use]
    pub fn conflict(&self) -> bool {
        self.more.iter().any(|head| head.value != self.first.value)
    }

    /// The value that was set last.
    #[must_use]
    pub fn latest(&self) -> &T {
        &self.more.last().unwrap_or(&self.first).value
    }
}

impl<T: Ord + PartialEq + Clone> Register<T> {
    /// The greatest value that stands: for severity, the one that counts meanwhile.
    #[must_use]
    pub fn greatest(&self) -> &T {
        self.heads().map(|head| &head.value).max().unwrap_or(&self.first.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn head(by: u128, author: u128, value: u8) -> Head<u8> {
        Head { by: EntryId(Uuid::from_u128(by)), author: UserId(Uuid::from_u128(author)), at: DateTime::UNIX_EPOCH, value }
    }

    #[test]
    fn a_change_that_saw_what_stands_replaces_it() {
        let mut field = Register::new(head(1, 1, 10));
        field.set(&field.seen(), head(2, 2, 20));
        assert_eq!(field.latest(), &20);
        assert!(!field.conflict());
    }

    #[test]
    fn two_people_who_did_not_see_each_other_both_stay_until_somebody_chooses() {
        let mut field = Register::new(head(1, 1, 10));
        let saw = field.seen();
        field.set(&saw, head(2, 2, 20));
        field.set(&saw, head(3, 3, 15));
        assert!(field.conflict());
        assert_eq!(field.greatest(), &20);
        assert_eq!(field.heads().count(), 2);
        field.set(&field.seen(), head(4, 1, 15));
        assert!(!field.conflict());
        assert_eq!(field.heads().count(), 1);
    }

    #[test]
    fn the_same_value_twice_is_no_conflict() {
        let mut field = Register::new(head(1, 1, 10));
        let saw = field.seen();
        field.set(&saw, head(2, 2, 20));
        field.set(&saw, head(3, 3, 20));
        assert!(!field.conflict());
    }

    #[test]
    fn ones_own_two_edits_never_conflict() {
        let mut field = Register::new(head(1, 1, 10));
        let saw = field.seen();
        field.set(&saw, head(2, 2, 20));
        field.set(&saw, head(3, 2, 30));
        assert!(!field.conflict());
        assert_eq!(field.latest(), &30);
    }
}
