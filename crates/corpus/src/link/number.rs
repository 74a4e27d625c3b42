//! Which number a meeting has: the one that its accounts had before, so that an id that somebody wrote down stays good.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result as SqlResult};

use super::group::Group;

/// The number that the meeting of each account had when links were last made.
pub(super) fn kept(connection: &Connection) -> SqlResult<BTreeMap<String, u32>> {
    let mut select = connection.prepare("SELECT meeting, encounter FROM numbered")?;
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// Keep the numbers for the next time.
pub(super) fn keep(connection: &Connection) -> SqlResult<()> {
    connection.execute_batch(
        "DELETE FROM numbered; INSERT OR IGNORE INTO numbered SELECT meeting, encounter FROM encounter_member;",
    )
}

/// The numbers of meetings, in their order. A number goes to the meeting that holds most of its accounts; a meeting with none gets the next.
pub(super) fn numbers(groups: &[Group], before: &BTreeMap<String, u32>) -> Vec<u32> {
    let members = groups.iter().map(|group| group.members.iter().map(|m| m.id.as_str()).collect());
    assign(&members.collect::<Vec<Vec<&str>>>(), before)
}

fn assign(groups: &[Vec<&str>], before: &BTreeMap<String, u32>) -> Vec<u32> {
    let mut claims: BTreeMap<(u32, usize), usize> = BTreeMap::new();
    for (at, members) in groups.iter().enumerate() {
        for number in members.iter().filter_map(|id| before.get(*id)) {
            *claims.entry((*number, at)).or_default() += 1;
        }
    }
    let mut claims: Vec<((u32, usize), usize)> = claims.into_iter().collect();
    claims.sort_by_key(|&((number, at), accounts)| (Reverse(accounts), number, at));
    let mut numbers: Vec<Option<u32>> = vec![None; groups.len()];
    let mut taken: BTreeSet<u32> = BTreeSet::new();
    for ((number, at), _) in claims {
        if numbers[at].is_none() && taken.insert(number) {
            numbers[at] = Some(number);
        }
    }
    let mut next = before.values().max().copied().unwrap_or_default();
    let mut new = || {
        next += 1;
        next
    };
    numbers.into_iter().map(|number| number.unwrap_or_else(&mut new)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn before(rows: &[(&str, u32)]) -> BTreeMap<String, u32> {
        rows.iter().map(|&(id, number)| (id.to_owned(), number)).collect()
    }

    #[test]
    fn the_first_time_meetings_are_counted_in_their_order() {
        assert_eq!(assign(&[vec!["d1.m1"], vec!["d2.m1", "d3.m1"]], &before(&[])), [1, 2]);
    }

    #[test]
    fn a_meeting_keeps_its_number_when_others_come_before_it() {
        let kept = before(&[("d1.m1", 1), ("d2.m1", 2)]);
        assert_eq!(assign(&[vec!["d3.m1"], vec!["d1.m1"], vec!["d2.m1", "d4.m1"]], &kept), [3, 1, 2]);
    }

    #[test]
    fn of_two_that_become_one_the_greater_gives_the_number_and_a_part_that_leaves_gets_a_new_one() {
        let kept = before(&[("d1.m1", 1), ("d2.m1", 2), ("d3.m1", 2)]);
        assert_eq!(assign(&[vec!["d1.m1", "d2.m1", "d3.m1"]], &kept), [2]);
        assert_eq!(assign(&[vec!["d1.m1"], vec!["d2.m1"], vec!["d3.m1"]], &kept), [1, 2, 3]);
    }
}
