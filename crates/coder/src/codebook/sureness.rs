//! How often what is found in some way proves right: `data/codebook/en/confidence.csv`, counted by `training/event_confidence.py`.

use super::page::Fault;

/// How an event was found, which tells how sure it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FoundBy {
    Page,
    Reader,
    Meeting,
    Statement,
    /// No way to find one: how sure both sides are of an event whose type is right.
    Sides,
}

impl FoundBy {
    const ALL: [(&'static str, Self); 5] = [
        ("page", Self::Page),
        ("reader", Self::Reader),
        ("meeting", Self::Meeting),
        ("statement", Self::Statement),
        ("sides", Self::Sides),
    ];
}

/// Counts of events that were right, by how they were found and by how sure the reader is of their type.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sureness {
    /// How found; the reader's belief from and to, in hundredths; the share of right ones, in hundredths.
    rows: Vec<(FoundBy, u8, u8, u8)>,
}

impl Sureness {
    /// Read the table; what is wrong in it is told.
    pub(super) fn read(text: &str) -> (Self, Vec<Fault>) {
        let (mut out, mut faults) = (Self::default(), Vec::new());
        for (i, line) in text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty()) {
            match row(line) {
                Some(row) => out.rows.push(row),
                None => {
                    faults.push((
                        i + 1,
                        "no row of found_by,from,to,right,of, as in 'page,50,100,190,200'".to_owned(),
                    ));
                }
            }
        }
        (out, faults)
    }

    /// The share of right ones among those found so, in hundredths; `belief` is none where the reader was not asked.
    pub(crate) fn of(&self, found_by: FoundBy, belief: Option<u8>) -> Option<u8> {
        let mut rows = self.rows.iter().filter(|r| r.0 == found_by);
        match belief {
            Some(belief) => rows.find(|r| (r.1..=r.2).contains(&belief)).map(|r| r.3),
            None => None,
        }
    }

    /// How sure a row is of which the type is right `of_type` times in 100, and the weights are sure of both sides by `sides` in 100.
    pub(crate) fn of_row(&self, of_type: u8, sides: u8) -> u8 {
        let of_sides = self.of(FoundBy::Sides, Some(sides)).unwrap_or(100);
        u8::try_from(u16::from(of_type) * u16::from(of_sides) / 100).unwrap_or(of_type)
    }
}

fn row(line: &str) -> Option<(FoundBy, u8, u8, u8)> {
    let mut cells = line.split(',').map(str::trim);
    let name = cells.next()?;
    let found_by = FoundBy::ALL.iter().find(|f| f.0 == name)?.1;
    let mut number = || cells.next()?.parse::<u32>().ok();
    let (from, to, right, of) = (number()?, number()?, number()?, number()?);
    // One more right and one more wrong than were counted: nothing is certain.
    let share = 100 * (right + 1) / (of + 2);
    (right <= of).then_some((
        found_by,
        u8::try_from(from).ok()?,
        u8::try_from(to).ok()?,
        u8::try_from(share).ok()?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_less_sure_than_its_type_by_how_sure_its_sides_are() {
        let table = "found_by,from,to,right,of\npage,0,100,8,8\nsides,0,49,3,8\nsides,50,100,8,8\n";
        let (sureness, faults) = Sureness::read(table);
        assert!(faults.is_empty(), "{faults:?}");
        assert_eq!(sureness.of(FoundBy::Page, Some(70)), Some(90));
        assert_eq!([0, 49, 50, 100].map(|sides| sureness.of_row(90, sides)), [36, 36, 81, 81]);
        assert_eq!(Sureness::default().of_row(90, 0), 90);
    }
}
