//! From bytes to rows of text, forgiving what spreadsheets do: a mark in front, semicolons, `sep=`, capitals and another order in the
//! header, quotes, empty lines and columns behind.

use csv::{ByteRecord, ReaderBuilder};

use crate::domain::places::{Cells, Column, Fault};

/// What makes the whole file unusable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unusable {
    /// A workbook, not text.
    Workbook,
    /// Text of two bytes a character.
    Utf16,
    /// No line with anything in it.
    Empty,
    /// The first line with anything in it does not hold the names.
    NoHeader(u64),
    /// These columns are missing.
    Missing(Vec<Column>),
    /// These columns are there twice.
    Doubled(Vec<Column>),
    /// A header and nothing below it.
    NoRows,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Readable {
    /// The rows, empty ones left out.
    pub(super) rows: Vec<Cells>,
    /// What is wrong with the form of a row.
    pub(super) bad: Vec<(u64, Fault)>,
    /// Cells with a line break: a quote too many, usually.
    pub(super) broken: Vec<u64>,
    /// Columns that say nothing to us.
    pub(super) unknown: Vec<String>,
    /// The bytes are not UTF-8.
    pub(super) not_utf8: bool,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

pub(super) fn read(bytes: &[u8]) -> Result<Readable, Unusable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(Unusable::Workbook);
    }
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return Err(Unusable::Utf16);
    }
    let bytes = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let (bytes, before, said) = without_sep(bytes);
    let delimiter = said.unwrap_or_else(|| delimiter(bytes));
    let mut reader = ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes);
    let mut header: Option<Vec<Option<Column>>> = None;
    let mut read = Readable { not_utf8: std::str::from_utf8(bytes).is_err(), ..Readable::default() };
    let mut record = ByteRecord::new();
    let mut lines = Lines { bytes, at: 0, line: before + 1 };
    // Reading from memory has no way to fail; uneven rows are allowed.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let line = lines.of(record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(usize::MAX)));
        if record.iter().all(|cell| cell.trim_ascii().is_empty()) {
            continue;
        }
        match &header {
            None => header = Some(columns(&record, line, &mut read.unknown)?),
            Some(header) => row(&record, line, header, &mut read),
        }
    }
    match header {
        None => Err(Unusable::Empty),
        Some(_) if read.rows.is_empty() => Err(Unusable::NoRows),
        Some(_) => Ok(read),
    }
}

/// Which line something stands on, as an editor counts them. The reader counts a record's line where the record before it ended.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line of the first byte at or after a position that is no line break.
    fn of(&mut self, position: usize) -> u64 {
        while let Some(c) = self.bytes.get(self.at) {
            let is_break = *c == b'\n' || *c == b'\r';
            if self.at >= position && !is_break {
                break;
            }
            self.at += 1;
            // CR and LF together are one.
            if *c == b'\n' || (*c == b'\r' && self.bytes.get(self.at) != Some(&b'\n')) {
                self.line += 1;
            }
        }
        self.line
    }
}

/// `sep=;` on the first line: what it says, and the rest.
fn without_sep(bytes: &[u8]) -> (&[u8], u64, Option<u8>) {
    let end = bytes.iter().position(|c| *c == b'\n').map_or(bytes.len(), |end| end + 1);
    let (first, rest) = bytes.split_at(end);
    match first.trim_ascii() {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => (rest, 1, Some(*delimiter)),
        _ => (bytes, 0, None),
    }
}

/// What stands most often in the first line that holds anything.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|c| *c == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.iter().filter(|c| **c == delimiter).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

fn columns(record: &ByteRecord, line: u64, unknown: &mut Vec<String>) -> Result<Vec<Option<Column>>, Unusable> {
    let names: Vec<String> = record.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect();
    let column = |name: &String| Column::ALL.iter().copied().find(|column| column.header() == name.to_lowercase());
    let columns: Vec<Option<Column>> = names.iter().map(column).collect();
    let count = |column: &Column| columns.iter().filter(|other| **other == Some(*column)).count();
    let with =
        |wanted: &dyn Fn(usize) -> bool| Column::ALL.iter().copied().filter(|column| wanted(count(column))).collect::<Vec<_>>();
    let (missing, doubled) = (with(&|count| count == 0), with(&|count| count > 1));
    // A row of cells may hold the name of a column or two by chance.
    if missing.len() * 2 > Column::ALL.len() {
        return Err(Unusable::NoHeader(line));
    }
    if !missing.is_empty() {
        return Err(Unusable::Missing(missing));
    }
    if !doubled.is_empty() {
        return Err(Unusable::Doubled(doubled));
    }
    unknown.extend(
        names.into_iter().zip(&columns).filter(|(name, column)| column.is_none() && !name.is_empty()).map(|(name, _)| name),
    );
    Ok(columns)
}

fn row(record: &ByteRecord, line: u64, header: &[Option<Column>], read: &mut Readable) {
    let mut cells = Cells::new(line);
    for (at, cell) in record.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        match header.get(at) {
            Some(Some(column)) => cells.set(*column, &text),
            Some(None) => {}
            None if text.trim().is_empty() => {}
            None => {
                read.bad.push((line, Fault::MoreCells));
                return read.rows.push(cells);
            }
        }
        if text.trim().contains(['\n', '\r']) {
            read.broken.push(line);
        }
    }
    read.rows.push(cells);
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "buurtcode,jaar,complex,portiek,soort,straat,huisnummer,letter,toevoeging,postcode,verdieping";
    const ROW: &str = "BU03630000,2025,,,,Lindestraat,12,,2,1010LA,1";

    fn rows(text: &[u8]) -> Vec<Cells> {
        read(text).unwrap().rows
    }

    #[test]
    fn what_spreadsheets_do_reads_the_same() {
        let plain = rows(format!("{HEADER}\n{ROW}\n").as_bytes());
        assert_eq!(plain.len(), 1);
        assert_eq!(plain[0].line, 2);
        let semicolons = |text: &str| text.replace(',', ";");
        for same in [
            format!("{HEADER}\r\n{ROW}"),
            format!("\u{feff}{HEADER}\n{ROW}\n\n\n,,,,,,,,,,\n"),
            format!("\u{feff}{}\r\n{}\r\n;;;;;;;;;;\r\n", semicolons(&HEADER.to_uppercase()), semicolons(ROW)),
            format!("{}\n{}\n", HEADER.replace(',', "\t"), ROW.replace(',', "\t")),
            format!("{HEADER},,\n{ROW},,\n"),
            format!("\"{}\"\n\"{}\"\n", HEADER.replace(',', "\",\""), ROW.replace(',', "\",\"")),
            format!("{HEADER}\n BU03630000 ,2025,,,,  Lindestraat ,12,,2,1010LA,1\n"),
        ] {
            assert_eq!(rows(same.as_bytes()), plain, "{same}");
        }
        let moved = format!("sep=;\n{};opmerking\n{};x\n", semicolons(HEADER), semicolons(ROW));
        let read = read(moved.as_bytes()).unwrap();
        assert_eq!((read.rows[0].line, read.unknown.as_slice()), (3, ["opmerking".to_owned()].as_slice()));
        let other_order = "verdieping,postcode,toevoeging,letter,huisnummer,straat,soort,portiek,complex,jaar,buurtcode\n\
                           1,1010LA,2,,12,Lindestraat,,,,2025,BU03630000\n";
        assert_eq!(rows(other_order.as_bytes()), plain);
    }

    #[test]
    fn what_can_not_be_used_says_why() {
        assert_eq!(read(b"PK\x03\x04...").unwrap_err(), Unusable::Workbook);
        assert_eq!(read(b"\xff\xfeb\0u\0").unwrap_err(), Unusable::Utf16);
        for empty in [b"".as_slice(), b"\n\n", b"\xef\xbb\xbf", b" ; ;\n"] {
            assert_eq!(read(empty).unwrap_err(), Unusable::Empty);
        }
        assert_eq!(read(format!("\n{ROW}\n").as_bytes()).unwrap_err(), Unusable::NoHeader(2));
        assert_eq!(read(HEADER.as_bytes()).unwrap_err(), Unusable::NoRows);
        let short = HEADER.replace("jaar,", "").replace(",postcode", "");
        assert_eq!(read(short.as_bytes()).unwrap_err(), Unusable::Missing(vec![Column::Year, Column::Postcode]));
        assert_eq!(read(format!("{HEADER},Jaar\n{ROW},\n").as_bytes()).unwrap_err(), Unusable::Doubled(vec![Column::Year]));
    }

    #[test]
    fn the_form_of_a_row_is_told_with_its_line() {
        let text = format!("{HEADER}\n{ROW},x\n{ROW}\nBU03630000,2025,\"De\nLinde\",,,Lindestraat,14,,,1010LA,1\n");
        let read = read(text.as_bytes()).unwrap();
        assert_eq!(read.bad, [(2, Fault::MoreCells)]);
        assert_eq!(read.broken, [4]);
        assert!(!read.not_utf8);
        let old = [format!("{HEADER}\n").into_bytes(), b"BU03630000,2025,,,,Caf\xe9straat,12,,2,1010LA,1\n".to_vec()].concat();
        assert!(super::read(&old).unwrap().not_utf8);
    }
}
