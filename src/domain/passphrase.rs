//! The five words: drawn by the app, never chosen. 7,776⁵ is 2⁶⁴: that is what keeps a copied phone closed.

/// How many words a phrase has.
pub const WORDS: usize = 5;
/// How many words the list has.
pub const LIST: usize = 7_776;

/// One index into the list from 4 random bytes, or `None` if they must be drawn again so that every word
/// is equally likely.
#[must_use]
pub fn index(random: u32) -> Option<usize> {
    const LIST_U32: u32 = 7_776;
    const FAIR: u32 = u32::MAX - u32::MAX % LIST_U32;
    (random < FAIR).then_some((random % LIST_U32) as usize)
}

/// The phrase as it goes into the key: lower case, one space between words, nothing else.
#[must_use]
pub fn normalise(typed: &str) -> String {
    typed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Whether it has five words; worth saying before the slow part.
#[must_use]
pub fn is_complete(normalised: &str) -> bool {
    normalised.split(' ').filter(|word| !word.is_empty()).count() == WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_on_a_phone_is_forgiven() {
        assert_eq!(normalise("  Tafel koffie,\nLAMP-fiets  boom. "), "tafel koffie lamp fiets boom");
        assert!(is_complete("tafel koffie lamp fiets boom"));
        assert!(!is_complete("tafel koffie"));
        assert!(!is_complete(""));
    }

    #[test]
    fn every_word_is_equally_likely() {
        assert_eq!(index(0), Some(0));
        assert_eq!(index(7_775), Some(7_775));
        assert_eq!(index(7_776), Some(0));
        assert_eq!(index(u32::MAX), None);
    }
}
