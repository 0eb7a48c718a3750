//! One row: from cells of text to a place and what it is part of, or all that is wrong with it.

use super::super::body::{Address, Place, PlaceKind};
use super::code::NeighbourhoodCode;

/// A name longer than this fits on no screen.
const LONGEST_NAME: usize = 80;
/// The longest addition in use.
const LONGEST_ADDITION: usize = 8;
/// The year of the first CBS division that has a code for every neighbourhood.
const FIRST_YEAR: u16 = 1995;
/// The deepest cellar and the highest floor.
const FLOORS: std::ops::RangeInclusive<i16> = -9..=99;

macro_rules! columns {
    ($($(#[$doc:meta])* $name:ident($header:literal),)*) => {
        /// A column of the file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Column { $($(#[$doc])* $name,)* }

        impl Column {
            /// All of them, in the order in which they are described.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What stands above it.
            #[must_use]
            pub fn header(self) -> &'static str {
                match self { $(Self::$name => $header,)* }
            }
        }
    };
}

columns! {
    /// CBS code.
    Code("buurtcode"),
    /// Its year.
    Year("jaar"),
    /// Complex.
    Complex("complex"),
    /// Stairwell, gallery, courtyard, row of houses; a spot's name.
    Part("portiek"),
    /// What kind that is.
    Kind("soort"),
    /// Street.
    Street("straat"),
    /// House number.
    Number("huisnummer"),
    /// House letter.
    Letter("letter"),
    /// Addition.
    Addition("toevoeging"),
    /// Postcode.
    Postcode("postcode"),
    /// Floor.
    Floor("verdieping"),
}

const COLUMNS: usize = Column::ALL.len();

/// A row as it stands in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    /// On which line, from 1.
    pub line: u64,
    cells: [String; COLUMNS],
}

impl Cells {
    /// An empty row.
    #[must_use]
    pub fn new(line: u64) -> Self {
        Self { line, cells: Default::default() }
    }

    /// Fills a cell: outer blanks go, inner ones become one.
    pub fn set(&mut self, column: Column, text: &str) {
        if let Some(cell) = self.cells.get_mut(column as usize) {
            *cell = text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    fn get(&self, column: Column) -> &str {
        self.cells.get(column as usize).map_or("", String::as_str)
    }
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// Nothing stands where something must.
    Empty(Column),
    /// Longer than this many characters.
    TooLong(Column, usize),
    /// A character that is none: a control, or what is left of a broken encoding.
    Unreadable(Column),
    /// No CBS code of a neighbourhood.
    Code(String),
    /// The eight that follow `BU`, without it.
    CodeWithoutBu(String),
    /// Not a year, or not one from 1995 up to and including this one.
    Year(String, u16),
    /// Not one of the words.
    Kind(String),
    /// A stairwell or gallery without a name.
    NoPart(&'static str),
    /// Not a name of a street.
    Street(String),
    /// Not a number from 1 to 99999.
    Number(String),
    /// A number with something behind it that belongs in another column.
    NumberWithMore(String),
    /// A letter or addition without a number.
    NoNumber,
    /// Not one letter.
    Letter(String),
    /// Not a short addition.
    Addition(String),
    /// Not four digits and two letters.
    Postcode(String),
    /// Not a floor.
    Floor(String),
    /// More cells than there are columns.
    MoreCells,
    /// The same door or spot stands on an earlier line.
    Twice(u64),
    /// The same address stands on an earlier line, in another stairwell or complex.
    TwoParts(u64),
    /// The same postcode and number stand on an earlier line, with another street or in another neighbourhood.
    PostcodeElsewhere(u64),
    /// The same stairwell is of another kind on an earlier line.
    TwoKinds(u64),
    /// The same neighbourhood has another year on an earlier line.
    TwoYears(u64),
}

/// A row that can be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// On which line, from 1.
    pub line: u64,
    /// In which neighbourhood.
    pub code: NeighbourhoodCode,
    /// By the division of which year.
    pub year: u16,
    /// What it is part of, from the outside in.
    pub within: Vec<(PlaceKind, String)>,
    /// The door or spot; its parent is not known yet.
    pub place: Place,
}

/// Reads a row.
///
/// # Errors
/// Everything that is wrong with it.
pub fn read_row(cells: &Cells, this_year: u16) -> Result<Row, Vec<Fault>> {
    let mut reader = Reader { cells, faults: Vec::new() };
    let row = reader.row(this_year);
    match row {
        Some(row) if reader.faults.is_empty() => Ok(row),
        _ => Err(reader.faults),
    }
}

/// What `soort` says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Plain,
    Part(PlaceKind, &'static str),
    Spot,
}

struct Reader<'a> {
    cells: &'a Cells,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    fn row(&mut self, this_year: u16) -> Option<Row> {
        // Everything is read before anything is given up: all faults of a row are told at once.
        let code = self.code();
        let year = self.year(this_year);
        let complex = self.name(Column::Complex);
        let part = self.name(Column::Part);
        let kind = self.kind();
        let street = self.street(kind == Some(Kind::Spot));
        let address = self.address(street, kind == Some(Kind::Spot));
        let floor = self.floor();
        let (within, name) = self.within(kind?, complex, part, street, address.as_ref())?;
        let kind = if kind == Some(Kind::Spot) { PlaceKind::Spot } else { PlaceKind::Door };
        let place = Place { kind, name, parent: None, floor, address };
        Some(Row { line: self.cells.line, code: code?, year: year?, within, place })
    }

    fn wrong<T>(&mut self, fault: Fault) -> Option<T> {
        self.faults.push(fault);
        None
    }

    /// A cell that holds readable text of a decent length; empty if it does not.
    fn name(&mut self, column: Column) -> &'a str {
        let text = self.cells.get(column);
        if text.chars().any(|c| c.is_control() || c == '\u{fffd}') {
            self.faults.push(Fault::Unreadable(column));
            return "";
        }
        if text.chars().count() > LONGEST_NAME {
            self.faults.push(Fault::TooLong(column, LONGEST_NAME));
            return "";
        }
        text
    }

    fn must(&mut self, column: Column) -> Option<&'a str> {
        match self.cells.get(column) {
            "" => self.wrong(Fault::Empty(column)),
            text => Some(text),
        }
    }

    fn code(&mut self) -> Option<NeighbourhoodCode> {
        let text = self.must(Column::Code)?;
        if let Some(code) = NeighbourhoodCode::parse(text) {
            return Some(code);
        }
        match NeighbourhoodCode::parse(&format!("BU{text}")) {
            Some(_) => self.wrong(Fault::CodeWithoutBu(text.to_owned())),
            None => self.wrong(Fault::Code(text.to_owned())),
        }
    }

    fn year(&mut self, this_year: u16) -> Option<u16> {
        let text = self.must(Column::Year)?;
        match text.parse() {
            Ok(year) if (FIRST_YEAR..=this_year).contains(&year) => Some(year),
            _ => self.wrong(Fault::Year(text.to_owned(), this_year)),
        }
    }

    fn kind(&mut self) -> Option<Kind> {
        match self.cells.get(Column::Kind).to_lowercase().as_str() {
            "" | "deur" => Some(Kind::Plain),
            "portiek" => Some(Kind::Part(PlaceKind::Stairwell, "portiek")),
            "galerij" => Some(Kind::Part(PlaceKind::Gallery, "galerij")),
            "straat" => Some(Kind::Part(PlaceKind::Street, "straat")),
            "hof" => Some(Kind::Part(PlaceKind::Courtyard, "hof")),
            "plek" => Some(Kind::Spot),
            _ => self.wrong(Fault::Kind(self.cells.get(Column::Kind).to_owned())),
        }
    }

    fn street(&mut self, spot: bool) -> &'a str {
        let before = self.faults.len();
        let street = self.name(Column::Street);
        if self.faults.len() == before {
            if street.is_empty() && !spot {
                self.faults.push(Fault::Empty(Column::Street));
            } else if !street.is_empty() && !street.chars().any(char::is_alphabetic) {
                self.faults.push(Fault::Street(street.to_owned()));
            }
        }
        street
    }

    /// The address; a spot may be without.
    fn address(&mut self, street: &str, spot: bool) -> Option<Address> {
        let number = match self.cells.get(Column::Number) {
            "" if spot => {
                let more = [Column::Letter, Column::Addition];
                if more.iter().any(|column| !self.cells.get(*column).is_empty()) {
                    self.faults.push(Fault::NoNumber);
                }
                if !self.cells.get(Column::Postcode).is_empty() {
                    self.postcode();
                }
                return None;
            }
            _ => self.number(),
        };
        let (letter, addition) = (self.letter(), self.addition());
        let postcode = if spot && self.cells.get(Column::Postcode).is_empty() { Some(String::new()) } else { self.postcode() };
        Some(Address { street: street.to_owned(), number: number?, letter: letter?, addition: addition?, postcode: postcode? })
    }

    fn number(&mut self) -> Option<u32> {
        let text = self.must(Column::Number)?;
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        match text.parse() {
            Ok(number) if (1..=99_999).contains(&number) && digits == text.len() => Some(number),
            _ if (1..=5).contains(&digits) && digits < text.len() && !text.contains(['.', ',']) => {
                self.wrong(Fault::NumberWithMore(text.to_owned()))
            }
            _ => self.wrong(Fault::Number(text.to_owned())),
        }
    }

    fn letter(&mut self) -> Option<String> {
        let text = self.cells.get(Column::Letter);
        match text.as_bytes() {
            [] => Some(String::new()),
            [letter] if letter.is_ascii_alphabetic() => Some(text.to_ascii_uppercase()),
            _ => self.wrong(Fault::Letter(text.to_owned())),
        }
    }

    fn addition(&mut self) -> Option<String> {
        let text = self.cells.get(Column::Addition);
        let bare = text.trim_start_matches('-');
        let right = bare.len() <= LONGEST_ADDITION && bare.bytes().all(|c| c.is_ascii_alphanumeric() || b"-./".contains(&c));
        if right && bare.is_empty() == text.is_empty() {
            Some(bare.to_owned())
        } else {
            self.wrong(Fault::Addition(text.to_owned()))
        }
    }

    fn postcode(&mut self) -> Option<String> {
        let text = self.must(Column::Postcode)?;
        let postcode: String = text.chars().filter(|c| *c != ' ').map(|c| c.to_ascii_uppercase()).collect();
        match postcode.as_bytes() {
            [b'1'..=b'9', digits @ .., first, second]
                if digits.len() == 3
                    && digits.iter().all(u8::is_ascii_digit)
                    && first.is_ascii_uppercase()
                    && second.is_ascii_uppercase() =>
            {
                Some(postcode)
            }
            _ => self.wrong(Fault::Postcode(text.to_owned())),
        }
    }

    fn floor(&mut self) -> Option<i16> {
        match self.cells.get(Column::Floor) {
            "" => None,
            text => match text.parse() {
                Ok(floor) if FLOORS.contains(&floor) => Some(floor),
                _ => self.wrong(Fault::Floor(text.to_owned())),
            },
        }
    }

    /// What it is part of, and what it is called itself.
    fn within(
        &mut self,
        kind: Kind,
        complex: &str,
        part: &str,
        street: &str,
        address: Option<&Address>,
    ) -> Option<(Vec<(PlaceKind, String)>, String)> {
        let mut within = Vec::new();
        if !complex.is_empty() {
            within.push((PlaceKind::Complex, complex.to_owned()));
        }
        let inner = match kind {
            Kind::Spot => {
                let name = if part.is_empty() { street } else { part };
                if self.cells.get(Column::Part).is_empty() && self.cells.get(Column::Street).is_empty() {
                    return self.wrong(Fault::Empty(Column::Part));
                }
                return Some((within, name.to_owned()));
            }
            Kind::Plain if part.is_empty() => complex.is_empty().then(|| (PlaceKind::Street, street.to_owned())),
            Kind::Plain => Some((PlaceKind::Stairwell, called("portiek", part))),
            Kind::Part(kind @ (PlaceKind::Street | PlaceKind::Courtyard), _) if part.is_empty() => {
                Some((kind, street.to_owned()))
            }
            Kind::Part(_, word) if part.is_empty() => return self.wrong(Fault::NoPart(word)),
            Kind::Part(kind, word) => Some((kind, called(word, part))),
        };
        // "Portiek A" alone could be anywhere: without a complex it is one of its street.
        if within.is_empty() && matches!(inner, Some((PlaceKind::Stairwell | PlaceKind::Gallery, _))) {
            within.push((PlaceKind::Street, street.to_owned()));
        }
        within.extend(inner);
        let address = address?;
        let name = format!("{}{}", address.number, address.letter);
        Some((within, if address.addition.is_empty() { name } else { format!("{name}-{}", address.addition) }))
    }
}

/// What people call a stairwell of which the file gives no more than a letter or its numbers: "Portiek A".
fn called(word: &str, part: &str) -> String {
    let is_word = part.split(|c: char| !c.is_alphabetic()).any(|letters| letters.chars().count() >= 3);
    if is_word {
        return part.to_owned();
    }
    let mut letters = word.chars();
    let capital = letters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    format!("{capital}{} {part}", letters.as_str())
}
