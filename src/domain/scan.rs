//! Reads JSON from a text in one pass, without a copy: what every start does with every entry that a phone holds.
//!
//! It reads what `serde_json` reads and refuses what it refuses, which the tests ask of both for texts of every kind; only nesting ends at
//! [`DEEPEST`]. It knows objects, lists, texts, whole numbers and what to pass over, which is all that an entry is made of. One cursor
//! that is the same for every type costs a phone a third of the time and a part of the code that a reader for each type does.

use std::borrow::Cow;

/// How deep lists and objects may lie in each other; an entry needs four.
pub const DEEPEST: u32 = 128;

/// The text is no JSON here, or not what was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Unfit;

/// A place in a text.
#[derive(Clone, Debug)]
pub struct Scan<'t> {
    text: &'t str,
    at: usize,
    deep: u32,
}

/// The high bit of each of eight bytes that is a quote, a backslash or below the space. (The borrow of a subtraction may mark a byte
/// above one that is marked; the lowest mark is always right.)
#[inline(always)]
const fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    const HIGH: u64 = ONES << 7;
    const fn zero(eight: u64) -> u64 {
        eight.wrapping_sub(ONES) & !eight & HIGH
    }
    let control = eight.wrapping_sub(ONES * 0x20) & !eight & HIGH;
    control | zero(eight ^ (ONES * b'"' as u64)) | zero(eight ^ (ONES * b'\\' as u64))
}

impl<'t> Scan<'t> {
    /// At the start of a text.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, at: 0, deep: 0 }
    }

    /// Nothing but white space is left.
    ///
    /// # Errors
    /// When something is.
    pub fn end(&mut self) -> Result<(), Unfit> {
        if self.peek().is_none() { Ok(()) } else { Err(Unfit) }
    }

    /// An object: calls `member` with each name; it reads the value that stands next.
    ///
    /// # Errors
    /// When it is no object, or `member` says so.
    pub fn object(&mut self, member: &mut dyn FnMut(&str, &mut Self) -> Result<(), Unfit>) -> Result<(), Unfit> {
        self.inside(b'{', b'}', &mut |scan| {
            let name = scan.text()?;
            scan.expect(b':')?;
            member(&name, scan)
        })
    }

    /// A list: calls `item` for each; it reads the value that stands next.
    ///
    /// # Errors
    /// When it is no list, or `item` says so.
    pub fn list(&mut self, item: &mut dyn FnMut(&mut Self) -> Result<(), Unfit>) -> Result<(), Unfit> {
        self.inside(b'[', b']', item)
    }

    /// Passes over `null` and says so; anything else stays.
    pub fn null(&mut self) -> bool {
        self.peek() == Some(b'n') && self.word("null").is_ok()
    }

    /// Yes or no.
    ///
    /// # Errors
    /// When it is neither.
    pub fn flag(&mut self) -> Result<bool, Unfit> {
        match self.peek() {
            Some(b't') => self.word("true").map(|()| true),
            Some(b'f') => self.word("false").map(|()| false),
            _ => Err(Unfit),
        }
    }

    /// A whole number.
    ///
    /// # Errors
    /// When it is none, or too large for its type.
    pub fn number<T: std::str::FromStr>(&mut self) -> Result<T, Unfit> {
        match self.digits()? {
            // Which is no whole number to serde.
            "-0" => Err(Unfit),
            whole => whole.parse().map_err(|_| Unfit),
        }
    }

    /// A text; borrowed where nothing in it is escaped.
    ///
    /// # Errors
    /// When it is none.
    pub fn text(&mut self) -> Result<Cow<'t, str>, Unfit> {
        self.expect(b'"')?;
        let start = self.at;
        match self.plain() {
            Some(b'"') => {
                let text = self.cut(start);
                self.at += 1;
                Ok(Cow::Borrowed(text))
            }
            Some(b'\\') => self.escaped(start).map(Cow::Owned),
            _ => Err(Unfit),
        }
    }

    /// Passes over a value, and gives its text.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn raw(&mut self) -> Result<&'t str, Unfit> {
        self.peek();
        let start = self.at;
        self.pass()?;
        Ok(self.cut(start))
    }

    /// Reads a value in place; where it does not fit, it is passed over, and what `read` said is given.
    ///
    /// # Errors
    /// When it is no JSON.
    pub fn attempt<T, E>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, E>) -> Result<(Result<T, E>, &'t str), Unfit> {
        self.peek();
        let before = self.clone();
        let value = read(self);
        if value.is_err() {
            *self = before.clone();
            self.pass()?;
        }
        Ok((value, self.cut(before.at)))
    }

    /// Passes over a value, whatever is in it: one loop, in which a bit for each level says what it is inside of.
    fn pass(&mut self) -> Result<(), Unfit> {
        let (mut levels, mut objects) = (0_u32, 0_u128);
        loop {
            let opened = match self.peek().ok_or(Unfit)? {
                b'"' => {
                    self.pass_text()?;
                    false
                }
                open @ (b'{' | b'[') => {
                    self.at += 1;
                    levels += 1;
                    if self.deep + levels > DEEPEST {
                        return Err(Unfit);
                    }
                    objects = objects << 1 | u128::from(open == b'{');
                    true
                }
                b't' | b'f' => {
                    self.flag()?;
                    false
                }
                b'n' => {
                    self.word("null")?;
                    false
                }
                _ => {
                    self.any_number()?;
                    false
                }
            };
            // What closes here; an empty list or object does so at once.
            let mut first = opened;
            loop {
                if levels == 0 {
                    return Ok(());
                }
                let object = objects & 1 == 1;
                match self.peek() {
                    Some(b'}') if object => {}
                    Some(b']') if !object => {}
                    Some(b',') if !first => {
                        self.at += 1;
                        break self.name_if(object)?;
                    }
                    Some(_) if first => break self.name_if(object)?,
                    _ => return Err(Unfit),
                }
                self.at += 1;
                levels -= 1;
                objects >>= 1;
                first = false;
            }
        }
    }

    /// In an object a name stands before the value.
    #[inline(always)]
    fn name_if(&mut self, object: bool) -> Result<(), Unfit> {
        if object {
            self.peek();
            self.pass_text()?;
            self.expect(b':')?;
        }
        Ok(())
    }

    fn inside(&mut self, open: u8, close: u8, each: &mut dyn FnMut(&mut Self) -> Result<(), Unfit>) -> Result<(), Unfit> {
        self.expect(open)?;
        self.deep += 1;
        if self.deep > DEEPEST {
            return Err(Unfit);
        }
        if self.peek() == Some(close) {
            self.at += 1;
        } else {
            loop {
                each(self)?;
                match self.peek() {
                    Some(b',') => self.at += 1,
                    Some(byte) if byte == close => break self.at += 1,
                    _ => return Err(Unfit),
                }
            }
        }
        self.deep -= 1;
        Ok(())
    }

    #[inline(always)]
    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    // Only ever between two characters of ASCII.
    fn cut(&self, start: usize) -> &'t str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The next byte that is no white space. What we write has none: then it costs one look.
    #[inline(always)]
    fn peek(&mut self) -> Option<u8> {
        match self.bytes().get(self.at) {
            Some(byte) if *byte > b' ' => Some(*byte),
            _ => self.past_white_space(),
        }
    }

    fn past_white_space(&mut self) -> Option<u8> {
        while let Some(byte) = self.bytes().get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                _ => return Some(*byte),
            }
        }
        None
    }

    /// Up to the next byte of a text that is not simply a part of it.
    #[inline(always)]
    fn plain(&mut self) -> Option<u8> {
        // Eight at a time; what is found in the last bits may be one too many, but never one too few.
        while let Some(eight) = self.bytes().get(self.at..).and_then(<[u8]>::first_chunk) {
            let found = special(u64::from_le_bytes(*eight));
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                break;
            }
            self.at += 8;
        }
        while let Some(byte) = self.bytes().get(self.at) {
            if matches!(byte, b'"' | b'\\' | 0..0x20) {
                return Some(*byte);
            }
            self.at += 1;
        }
        None
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Result<(), Unfit> {
        if self.peek() == Some(byte) {
            self.at += 1;
            Ok(())
        } else {
            Err(Unfit)
        }
    }

    fn word(&mut self, word: &str) -> Result<(), Unfit> {
        if self.bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(Unfit)
        }
    }

    fn some_digits(&mut self) -> Result<usize, Unfit> {
        let start = self.at;
        while self.bytes().get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { Err(Unfit) } else { Ok(self.at - start) }
    }

    /// The digits of a whole number, with its sign.
    fn digits(&mut self) -> Result<&'t str, Unfit> {
        self.peek();
        let start = self.at;
        self.whole()?;
        match self.bytes().get(self.at) {
            Some(b'.' | b'e' | b'E') => Err(Unfit),
            _ => Ok(self.cut(start)),
        }
    }

    fn whole(&mut self) -> Result<(), Unfit> {
        if self.bytes().get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        let zero = self.bytes().get(self.at) == Some(&b'0');
        if self.some_digits()? > 1 && zero { Err(Unfit) } else { Ok(()) }
    }

    fn any_number(&mut self) -> Result<(), Unfit> {
        self.whole()?;
        if self.bytes().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.some_digits()?;
        }
        if matches!(self.bytes().get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.bytes().get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits()?;
        }
        Ok(())
    }

    fn pass_text(&mut self) -> Result<(), Unfit> {
        self.expect(b'"')?;
        loop {
            let special = self.plain();
            self.at += 1;
            match special {
                Some(b'"') => return Ok(()),
                Some(b'\\') => match self.byte()? {
                    b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => {}
                    b'u' => {
                        self.four()?;
                    }
                    _ => return Err(Unfit),
                },
                _ => return Err(Unfit),
            }
        }
    }

    fn byte(&mut self) -> Result<u8, Unfit> {
        let byte = self.bytes().get(self.at).copied().ok_or(Unfit)?;
        self.at += 1;
        Ok(byte)
    }

    /// Four hexadecimal digits.
    fn four(&mut self) -> Result<u32, Unfit> {
        let mut value = 0;
        for _ in 0..4 {
            value = value * 16 + char::from(self.byte()?).to_digit(16).ok_or(Unfit)?;
        }
        Ok(value)
    }

    /// The rest of a text in which something is escaped.
    fn escaped(&mut self, start: usize) -> Result<String, Unfit> {
        let mut text = self.cut(start).to_owned();
        loop {
            let start = self.at;
            self.plain();
            text.push_str(self.cut(start));
            match self.byte()? {
                b'"' => return Ok(text),
                b'\\' => text.push(self.escape()?),
                _ => return Err(Unfit),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Unfit> {
        Ok(match self.byte()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            same @ (b'"' | b'\\' | b'/') => char::from(same),
            b'u' => {
                let first = self.four()?;
                let code = if (0xD800..0xDC00).contains(&first) {
                    if (self.byte()?, self.byte()?) != (b'\\', b'u') {
                        return Err(Unfit);
                    }
                    let second = self.four()?.checked_sub(0xDC00).filter(|second| *second < 0x400).ok_or(Unfit)?;
                    0x1_0000 + ((first - 0xD800) << 10) + second
                } else {
                    first
                };
                char::from_u32(code).ok_or(Unfit)?
            }
            _ => return Err(Unfit),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use proptest::prelude::*;
    use serde_json::value::RawValue;

    fn all<'t, T>(text: &'t str, read: impl FnOnce(&mut Scan<'t>) -> Result<T, Unfit>) -> Option<T> {
        let mut scan = Scan::new(text);
        let value = read(&mut scan).ok()?;
        scan.end().ok()?;
        Some(value)
    }

    /// JSON, and what is nearly JSON.
    fn pieces() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"a\"",
            "\"é\"",
            "\\",
            "\\n",
            "\\u00e9",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\ude00",
            "\\x",
            "0",
            "-",
            "-0",
            "01",
            "12",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "-9223372036854775809",
            ".5",
            "1.5",
            "e",
            "1e3",
            "E+",
            "null",
            "true",
            "fals",
            " ",
            "\n",
            "\t",
            "\u{1}",
            "a",
        ]);
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    fn json() -> impl Strategy<Value = String> {
        let leaf = prop_oneof![
            Just("null".to_owned()),
            any::<bool>().prop_map(|flag| flag.to_string()),
            any::<i64>().prop_map(|number| number.to_string()),
            any::<f64>().prop_map(|number| serde_json::json!(number).to_string()),
            any::<String>().prop_map(|text| serde_json::json!(text).to_string()),
        ];
        let whole = leaf.prop_recursive(5, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[ {} ]", items.join(" ,"))),
                prop::collection::vec((any::<String>(), inner), 0..5).prop_map(|members| {
                    let members: Vec<_> =
                        members.iter().map(|(name, value)| format!("{} :\n{value}", serde_json::json!(name))).collect();
                    format!("{{{}}}", members.join(","))
                }),
            ]
        });
        // Whole, or with one character lost.
        (whole, any::<prop::sample::Index>(), any::<bool>()).prop_map(|(text, at, cut)| {
            if !cut {
                return text;
            }
            let lost = at.index(text.chars().count());
            text.chars().enumerate().filter(|(at, _)| *at != lost).map(|(_, letter)| letter).collect()
        })
    }

    fn same_as_serde(text: &str) {
        let raw = serde_json::from_str::<&RawValue>(text).ok().map(RawValue::get);
        assert_eq!(all(text, Scan::raw), raw, "a value: {text:?}");
        assert_eq!(all(text, |scan| scan.text().map(Cow::into_owned)), serde_json::from_str(text).ok(), "a text: {text:?}");
        assert_eq!(all(text, Scan::number::<i64>), serde_json::from_str(text).ok(), "a number: {text:?}");
        assert_eq!(all(text, Scan::number::<u64>), serde_json::from_str(text).ok(), "a number without a sign: {text:?}");
        assert_eq!(all(text, Scan::flag), serde_json::from_str(text).ok(), "yes or no: {text:?}");
        assert_eq!(
            all(text, |scan| scan.null().then_some(()).ok_or(Unfit)),
            serde_json::from_str(text).ok(),
            "nothing: {text:?}"
        );
        let mut items = Vec::new();
        let list = all(text, |scan| scan.list(&mut |scan| scan.raw().map(|item| items.push(item))));
        let theirs: Option<Vec<&RawValue>> = serde_json::from_str(text).ok();
        assert_eq!(list.map(|()| items), theirs.map(|items| items.into_iter().map(RawValue::get).collect()), "a list: {text:?}");
        let mut members = Vec::new();
        let object = all(text, |scan| {
            scan.object(&mut |name, scan| {
                members.push((name.to_owned(), scan.raw()?));
                Ok(())
            })
        });
        let theirs: Option<BTreeMap<String, Box<RawValue>>> = serde_json::from_str(text).ok();
        assert_eq!(object.is_some(), theirs.is_some(), "an object: {text:?}");
        for (name, value) in theirs.into_iter().flatten() {
            let ours = members.iter().rev().find(|(ours, _)| *ours == name).map(|(_, value)| *value);
            assert_eq!(ours, Some(value.get()), "a member: {text:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]
        #[test]
        fn what_is_nearly_json_is_read_as_serde_reads_it(text in pieces()) {
            same_as_serde(&text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]
        #[test]
        fn json_is_read_as_serde_reads_it(text in json()) {
            same_as_serde(&text);
        }
    }

    #[test]
    fn what_lies_too_deep_is_refused_and_costs_no_stack() {
        let deep = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(all(&deep(DEEPEST as usize), Scan::raw).is_some());
        assert!(all(&deep(100_000), Scan::raw).is_none());
    }
}
