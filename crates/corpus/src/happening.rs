//! One real event, told in several documents: events that are one.
//!
//! Events of one meeting over documents ([`crate::link`]) are one. Others are one where type, mode, code, contexts, modality, day, and
//! the codes of all actors and recipients are the same; an event of a vaguer date, or with a party of no code, stays alone.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, Result as SqlResult, params};

/// An event as one document tells it.
#[derive(Debug, Clone, Default)]
struct Telling {
    id: String,
    encounter: Option<u32>,
    /// Whether the document reports it, rather than mentions it as a meeting in the past.
    reported: bool,
    plover: String,
    /// Mode, code and contexts.
    detail: [String; 3],
    modality: String,
    date_from: Option<String>,
    date_to: Option<String>,
    place: Option<String>,
    /// Who takes part, as `actor CHN`, in order.
    sides: Vec<String>,
}

/// What makes tellings one.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Same {
    Meeting(u32, String),
    Day { day: String, plover: String, detail: [String; 3], modality: String, sides: Vec<String> },
}

/// Write the table of happenings anew; meetings must be linked.
pub(crate) fn relink(connection: &Connection) -> SqlResult<()> {
    connection.execute_batch("DELETE FROM happening_member; DELETE FROM happening;")?;
    for (number, members) in (1_u32..).zip(group(tellings(connection, None)?)) {
        write(connection, number, &members)?;
    }
    Ok(())
}

/// The happenings that events of a document are of now.
pub(crate) fn of_document(connection: &Connection, document: u32) -> SqlResult<BTreeSet<u32>> {
    let mut select = connection.prepare(
        "SELECT happening FROM happening_member WHERE event >= 'd' || ?1 || '.' AND event < 'd' || ?1 || '/'",
    )?;
    select.query_map([document], |row| row.get(0))?.collect()
}

/// Write anew these happenings, and those that the events of a document are of or belong to; meetings must be linked.
pub(crate) fn again(connection: &Connection, document: u32, mut happenings: BTreeSet<u32>) -> SqlResult<()> {
    // Whatever may be the same is of the same kind, and of the same meeting or day.
    let mut select = connection.prepare(
        "SELECT h.happening FROM event e
         JOIN encounter_member l ON l.meeting = e.meeting JOIN happening w ON w.encounter = l.encounter
         JOIN happening_member h ON h.happening = w.number WHERE e.document = ?1
         UNION SELECT h.happening FROM event e JOIN event o ON o.date_from = e.date_from AND o.plover = e.plover
         JOIN happening_member h ON h.event = o.id WHERE e.document = ?1",
    )?;
    for happening in select.query_map([document], |row| row.get(0))? {
        happenings.insert(happening?);
    }
    let mut events: BTreeSet<String> = BTreeSet::new();
    let mut own = connection.prepare("SELECT id FROM event WHERE document = ?1")?;
    for id in own.query_map([document], |row| row.get(0))? {
        events.insert(id?);
    }
    let mut members = connection.prepare("SELECT event FROM happening_member WHERE happening = ?1")?;
    for happening in &happenings {
        for id in members.query_map([happening], |row| row.get(0))? {
            events.insert(id?);
        }
    }
    for happening in &happenings {
        connection.execute("DELETE FROM happening_member WHERE happening = ?1", [happening])?;
        connection.execute("DELETE FROM happening WHERE number = ?1", [happening])?;
    }
    let last: u32 =
        connection.query_row("SELECT ifnull(max(number), 0) FROM happening", [], |row| row.get(0))?;
    for (number, members) in (last + 1..).zip(group(tellings(connection, Some(&events))?)) {
        write(connection, number, &members)?;
    }
    Ok(())
}

/// All events, or some.
fn tellings(connection: &Connection, only: Option<&BTreeSet<String>>) -> SqlResult<Vec<Telling>> {
    let only = only.map(|ids| serde_json::json!(ids).to_string());
    let some = |id: &str| match &only {
        Some(_) => format!("{id} IN (SELECT value FROM json_each(?1))"),
        None => "?1 IS NULL".to_owned(),
    };
    let mut sides: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut select = connection.prepare(&format!(
        "SELECT p.\"row\", p.part, p.code, p.sector FROM participant p WHERE p.part IN ('actor', 'recipient') AND {}
         ORDER BY p.rowid",
        some("p.\"row\"")
    ))?;
    let mut rows = select.query([&only])?;
    while let Some(row) = rows.next()? {
        let (part, code, sector): (String, String, Option<String>) = (row.get(1)?, row.get(2)?, row.get(3)?);
        sides.entry(row.get(0)?).or_default().push(format!("{part} {code}.{}", sector.unwrap_or_default()));
    }
    let mut select = connection.prepare(&format!(
        "SELECT e.id, l.encounter, ifnull(m.told, 'main') = 'main', e.plover, ifnull(e.mode, ''), ifnull(e.cameo, ''), e.contexts,
                e.modality, e.date_from, e.date_to, e.place
         FROM event e LEFT JOIN meeting m ON m.id = e.meeting LEFT JOIN encounter_member l ON l.meeting = e.meeting
         WHERE {} ORDER BY e.document, e.rowid",
        some("e.id")
    ))?;
    let rows = select.query_map([&only], |row| {
        let id: String = row.get(0)?;
        let mut sides = sides.remove(&id).unwrap_or_default();
        sides.sort();
        sides.dedup();
        Ok(Telling {
            id,
            encounter: row.get(1)?,
            reported: row.get(2)?,
            plover: row.get(3)?,
            detail: [row.get(4)?, row.get(5)?, row.get(6)?],
            modality: row.get(7)?,
            date_from: row.get(8)?,
            date_to: row.get(9)?,
            place: row.get(10)?,
            sides,
        })
    })?;
    rows.collect()
}

fn same(telling: &Telling) -> Option<Same> {
    let Telling { plover, detail, modality, sides, .. } = telling.clone();
    if let Some(encounter) = telling.encounter {
        return Some(Same::Meeting(encounter, plover));
    }
    let day = telling
        .date_from
        .clone()
        .filter(|from| from.len() == 10 && telling.date_to.as_ref() == Some(from))?;
    let coded = !sides.is_empty() && sides.iter().all(|side| !side.contains(" ."));
    coded.then_some(Same::Day { day, plover, detail, modality, sides })
}

/// The happenings by date, document and place in the document; the members of each begin with the one that tells it best.
fn group(tellings: Vec<Telling>) -> Vec<Vec<Telling>> {
    let mut groups: Vec<Vec<Telling>> = Vec::new();
    let mut known: BTreeMap<Same, usize> = BTreeMap::new();
    for telling in tellings {
        let new = groups.len();
        let at = same(&telling).map_or(new, |same| *known.entry(same).or_insert(new));
        match groups.get_mut(at) {
            Some(group) => group.push(telling),
            None => groups.push(vec![telling]),
        }
    }
    for group in &mut groups {
        group.sort_by_key(|telling| !telling.reported);
    }
    groups.sort_by_cached_key(|group| (group[0].date_from.is_none(), group[0].date_from.clone()));
    groups
}

fn write(connection: &Connection, number: u32, members: &[Telling]) -> SqlResult<()> {
    let best = &members[0];
    let happened = members.iter().find(|m| m.modality == "happened").unwrap_or(best);
    let place = best.place.as_ref().or_else(|| members.iter().find_map(|m| m.place.as_ref()));
    connection.execute(
        "INSERT INTO happening VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7)",
        params![number, best.id, best.encounter, best.date_from, best.date_to, place, happened.modality],
    )?;
    connection.execute(
        "UPDATE happening SET (date_from, date_to, place, country) =
         (SELECT e.date_from, e.date_to, ifnull(e.place, happening.place), e.country FROM encounter e WHERE e.number = ?2)
         WHERE number = ?1 AND ?2 IS NOT NULL",
        params![number, best.encounter],
    )?;
    for member in members {
        connection.execute("INSERT INTO happening_member VALUES (?1, ?2)", params![number, member.id])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn telling(id: &str, day: &str, sides: &[&str]) -> Telling {
        Telling {
            id: id.to_owned(),
            reported: true,
            plover: "AGREE".to_owned(),
            modality: "happened".to_owned(),
            date_from: Some(day.to_owned()),
            date_to: Some(day.to_owned()),
            sides: sides.iter().map(|&side| side.to_owned()).collect(),
            ..Telling::default()
        }
    }

    fn ids(tellings: &[Telling]) -> Vec<Vec<String>> {
        let of = |group: Vec<Telling>| group.into_iter().map(|t| t.id).collect();
        group(tellings.to_vec()).into_iter().map(of).collect()
    }

    #[test]
    fn the_same_codes_on_the_same_day_are_one_event() {
        let base = telling("d1.e1", "2031-03-04", &["actor NOR.", "recipient CHL."]);
        let again = Telling { id: "d2.e1".to_owned(), ..base.clone() };
        assert_eq!(ids(&[base, again]), [["d1.e1", "d2.e1"]]);
    }

    #[test]
    fn another_day_code_or_party_is_another_event() {
        let base = telling("d1.e1", "2031-03-04", &["actor NOR.", "recipient CHL."]);
        for other in [
            telling("d2.e1", "2031-03-05", &["actor NOR.", "recipient CHL."]),
            telling("d2.e1", "2031-03-04", &["actor NOR.", "recipient PER."]),
            telling("d2.e1", "2031-03-04", &["actor CHL.", "recipient NOR."]),
            telling("d2.e1", "2031-03-04", &["actor NOR.CVL", "recipient CHL."]),
            Telling { plover: "REJECT".to_owned(), id: "d2.e1".to_owned(), ..base.clone() },
            Telling { modality: "planned".to_owned(), id: "d2.e1".to_owned(), ..base.clone() },
            Telling { detail: ["".into(), "057".into(), "".into()], id: "d2.e1".to_owned(), ..base.clone() },
        ] {
            assert_eq!(ids(&[base.clone(), other]).len(), 2);
        }
    }

    #[test]
    fn a_vague_date_or_a_party_without_a_code_stays_alone() {
        let month = telling("d1.e1", "2031-03", &["actor NOR."]);
        let nobody = telling("d1.e2", "2031-03-04", &["actor ."]);
        assert_eq!(ids(&[month.clone(), month, nobody.clone(), nobody]).len(), 4);
    }

    #[test]
    fn events_of_one_meeting_are_one_and_the_report_leads() {
        let mention =
            Telling { encounter: Some(7), reported: false, ..telling("d1.e1", "2031-03", &["actor NOR."]) };
        let report =
            Telling { encounter: Some(7), ..telling("d2.e1", "2031-03-04", &["actor CHL.", "actor NOR."]) };
        assert_eq!(ids(&[mention, report]), [["d2.e1", "d1.e1"]]);
    }
}
