//! The rows of a table as bytes: read one at a time, none before it is asked for.

use super::table::Row;

/// What parts cells; no cell holds it.
const BETWEEN: u8 = 0x1f;

/// The rows of one compiled table.
///
/// Where each row ends, as numbers of four bytes, after their count; then the cells of all rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'a> {
    ends: &'a [u8],
    text: &'a [u8],
}

/// The cells of one row, in the order of the schema.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cells<'a>(&'a [u8]);

impl<'a> Rows<'a> {
    /// The rows in these bytes; none where the bytes are no table.
    pub(crate) fn of(bytes: &'a [u8]) -> Option<Self> {
        let count = number(bytes, 0)?;
        let (ends, text) = bytes.get(4..)?.split_at_checked(count.checked_mul(4)?)?;
        Some(Self { ends, text })
    }

    /// How many there are.
    pub(crate) fn len(self) -> usize {
        self.ends.len() / 4
    }

    /// The row of this number; empty cells where there is none.
    pub(crate) fn row(self, index: usize) -> Cells<'a> {
        Cells(self.bytes(index))
    }

    fn bytes(self, index: usize) -> &'a [u8] {
        let start = index.checked_sub(1).map_or(Some(0), |before| number(self.ends, before));
        start.zip(number(self.ends, index)).and_then(|(a, b)| self.text.get(a..b)).unwrap_or_default()
    }

    /// The first cell of a row, by which rows are sorted.
    fn key(self, index: usize) -> &'a [u8] {
        self.bytes(index).split(|&byte| byte == BETWEEN).next().unwrap_or_default()
    }

    /// The row whose first cell is this one; rows are sorted by it.
    pub(crate) fn by_key(self, key: &str) -> Option<Cells<'a>> {
        self.place_of(key).map(|row| self.row(row))
    }

    /// The number of that row.
    pub(crate) fn place_of(self, key: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            // No letter comes before what parts cells, so that rows lie in the order of their keys.
            if self.bytes(middle) < key.as_bytes() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < self.len() && self.key(low) == key.as_bytes()).then_some(low)
    }
}

impl<'a> Cells<'a> {
    /// The cell of a column; empty where there is none.
    pub(crate) fn cell(self, column: usize) -> &'a str {
        self.bytes().nth(column).and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default()
    }

    /// The first cells, read in one go.
    pub(crate) fn first<const COUNT: usize>(self) -> [&'a str; COUNT] {
        let mut all = self.all();
        std::array::from_fn(|_| all.next().unwrap_or_default())
    }

    /// All cells.
    pub(crate) fn all(self) -> impl Iterator<Item = &'a str> {
        let text = std::str::from_utf8(self.0).unwrap_or_default();
        self.ends().map(move |(start, end)| text.get(start..end).unwrap_or_default())
    }

    fn bytes(self) -> impl Iterator<Item = &'a [u8]> {
        self.ends().map(move |(start, end)| &self.0[start..end])
    }

    /// Where each cell begins and ends.
    fn ends(self) -> impl Iterator<Item = (usize, usize)> + use<'a> {
        let mut next = Some(0);
        std::iter::from_fn(move || {
            let start = next?;
            let length = memchr::memchr(BETWEEN, &self.0[start..]);
            next = length.map(|length| start + length + 1);
            Some((start, length.map_or(self.0.len(), |length| start + length)))
        })
    }
}

/// The parts of a cell that are separated by `|`.
pub(crate) fn parts(cell: &str) -> Vec<&str> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The rows as bytes.
pub(crate) fn compile(rows: &[Row]) -> Vec<u8> {
    let (mut ends, mut text) = (u32_of(rows.len()).to_le_bytes().to_vec(), String::new());
    for row in rows {
        for (column, cell) in row.fields.iter().enumerate() {
            if column > 0 {
                text.push(char::from(BETWEEN));
            }
            text.extend(cell.chars().filter(|&c| c != char::from(BETWEEN)));
        }
        ends.extend(u32_of(text.len()).to_le_bytes());
    }
    ends.extend(text.into_bytes());
    ends
}

/// The whole number at a place in a list of numbers of four bytes.
pub(crate) fn number(bytes: &[u8], index: usize) -> Option<usize> {
    let four = bytes.get(index.checked_mul(4)?..)?.first_chunk::<4>()?;
    usize::try_from(u32::from_le_bytes(*four)).ok()
}

/// A count or an offset in four bytes.
pub(crate) fn u32_of(number: usize) -> u32 {
    u32::try_from(number).expect("a table is smaller than 4 GB")
}
