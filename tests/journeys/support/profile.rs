//! Searches a whole browser profile, as somebody would who found or copied the phone.
//!
//! Every file is read as it lies and once more unpacked, because a search for text would otherwise be fooled:
//! - LevelDB keeps older records in tables whose blocks are compressed with Snappy;
//! - Chromium compresses large values with Snappy before it gives them to LevelDB.
//!
//! Snappy breaks a text wherever four of its bytes stood before, so even random text may not lie there in one piece.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Where each string was found; one that was found nowhere is not in it.
pub type Found = BTreeMap<String, Vec<PathBuf>>;

/// Searches every file, and its name, for each string in UTF-8 and UTF-16.
pub fn search(profile: &Path, strings: &[String]) -> Found {
    let needles: Vec<(&String, [Vec<u8>; 2])> = strings
        .iter()
        .map(|string| (string, [string.clone().into_bytes(), string.encode_utf16().flat_map(u16::to_le_bytes).collect()]))
        .collect();
    let mut found = Found::new();
    for file in files(profile) {
        // A socket or a lock is no file to read.
        let Ok(raw) = fs::read(&file) else { continue };
        let mut looks = vec![file.display().to_string().into_bytes(), raw];
        looks.extend(unpacked(&looks[1]));
        for (string, encoded) in &needles {
            if looks.iter().any(|bytes| encoded.iter().any(|needle| contains(bytes, needle))) {
                found.entry((*string).clone()).or_default().push(file.clone());
            }
        }
    }
    found
}

/// Every file below a folder.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut all = Vec::new();
    for entry in entries.flatten() {
        match entry.file_type() {
            Ok(kind) if kind.is_dir() => all.extend(files(&entry.path())),
            Ok(kind) if kind.is_file() => all.push(entry.path()),
            _ => {}
        }
    }
    all
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    let first = needle[0];
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| *byte == first) {
        if rest[at..].starts_with(needle) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}

/// Everything that can be unpacked from a file: blocks of a table, compressed values, and those within those.
fn unpacked(raw: &[u8]) -> Vec<Vec<u8>> {
    let mut all: Vec<Vec<u8>> = table_blocks(raw);
    // A record may run over several blocks: the values are looked for in all of them together, too.
    let together: Vec<u8> = all.concat();
    all.extend(values(raw));
    all.extend(values(&together));
    all
}

/// The values that Chromium compressed: they begin with these bytes, then Snappy.
fn values(bytes: &[u8]) -> Vec<Vec<u8>> {
    const COMPRESSED: [u8; 3] = [0xff, 0x11, 0x02];
    let starts = bytes.windows(3).enumerate().filter(|(_, window)| *window == COMPRESSED);
    starts.filter_map(|(at, _)| snappy(&bytes[at + 3..])).collect()
}

/// The blocks of a LevelDB table, unpacked; none if this is no table.
fn table_blocks(file: &[u8]) -> Vec<Vec<u8>> {
    const FOOTER: usize = 48;
    const MAGIC: [u8; 8] = 0xdb47_7524_8b80_fb57_u64.to_le_bytes();
    if file.len() < FOOTER || !file.ends_with(&MAGIC) {
        return Vec::new();
    }
    let mut footer = &file[file.len() - FOOTER..];
    let handles = || {
        let (_, _) = (varint(&mut footer)?, varint(&mut footer)?);
        let index = block(file, varint(&mut footer)?, varint(&mut footer)?)?;
        Some(
            entries(&index)
                .into_iter()
                .filter_map(|mut handle| block(file, varint(&mut handle)?, varint(&mut handle)?))
                .collect(),
        )
    };
    let mut handles = handles;
    handles().expect("a LevelDB table that can't be read")
}

fn block(file: &[u8], offset: usize, length: usize) -> Option<Vec<u8>> {
    let contents = file.get(offset..offset.checked_add(length)?)?;
    match file.get(offset + length)? {
        0 => Some(contents.to_vec()),
        1 => snappy(contents),
        other => panic!("a LevelDB block is compressed in a way that this search does not know: {other}"),
    }
}

/// The values of a block.
fn entries(block: &[u8]) -> Vec<&[u8]> {
    let Some(restarts) = block.last_chunk::<4>().map(|count| u32::from_le_bytes(*count) as usize) else { return Vec::new() };
    let end = block.len().saturating_sub(4 * (restarts + 1));
    let mut rest = &block[..end];
    let mut values = Vec::new();
    while !rest.is_empty() {
        let (Some(_), Some(own), Some(length)) = (varint(&mut rest), varint(&mut rest), varint(&mut rest)) else { break };
        let Some(value) = rest.get(own..own + length) else { break };
        values.push(value);
        rest = &rest[own + length..];
    }
    values
}

fn varint(bytes: &mut &[u8]) -> Option<usize> {
    let mut value = 0_usize;
    for shift in (0..63).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= usize::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// Unpacks raw Snappy; what stands behind its end does not matter.
fn snappy(mut bytes: &[u8]) -> Option<Vec<u8>> {
    const LARGEST: usize = 64 << 20;
    let length = varint(&mut bytes).filter(|length| *length <= LARGEST)?;
    let mut out = Vec::new();
    while out.len() < length {
        let (&tag, rest) = bytes.split_first()?;
        bytes = rest;
        let number = |bytes: &mut &[u8], count: usize| {
            let (taken, rest) = bytes.split_at_checked(count)?;
            *bytes = rest;
            Some(taken.iter().rev().fold(0_usize, |value, byte| value << 8 | usize::from(*byte)))
        };
        let high = usize::from(tag >> 2);
        if tag & 3 == 0 {
            let count = if high < 60 { high + 1 } else { number(&mut bytes, high - 59)? + 1 };
            let (literal, rest) = bytes.split_at_checked(count)?;
            out.extend_from_slice(literal);
            bytes = rest;
            continue;
        }
        let (count, back) = match tag & 3 {
            1 => ((high & 7) + 4, (high >> 3) << 8 | number(&mut bytes, 1)?),
            2 => (high + 1, number(&mut bytes, 2)?),
            _ => (high + 1, number(&mut bytes, 4)?),
        };
        let from = out.len().checked_sub(back).filter(|_| back > 0)?;
        for at in from..from + count {
            out.push(out[at]);
        }
    }
    (out.len() == length).then_some(out)
}

#[test]
fn the_search_unpacks_what_snappy_broke_up() {
    // "abcdabcdX": a literal of four, a copy of four from four back, a literal of one.
    let packed = [9, 0b0000_1100, b'a', b'b', b'c', b'd', 0b0000_0001, 4, 0, b'X', 0xaa];
    assert_eq!(snappy(&packed).as_deref(), Some(&b"abcdabcdX"[..]));
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("value"), [&[1, 2, 0xff, 0x11, 0x02], &packed[..]].concat()).expect("a file");
    fs::write(folder.path().join("wide"), "wijd".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>()).expect("a file");
    let found = search(folder.path(), &["bcdabcdX".to_owned(), "wijd".to_owned(), "nergens".to_owned()]);
    assert_eq!(found.keys().collect::<Vec<_>>(), ["bcdabcdX", "wijd"]);
}
