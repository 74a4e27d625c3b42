//! Codes of actors in the systems that datasets of political science use: ISO 3166-1, Correlates of War, Gleditsch and Ward, CAMEO.

use chancery_model::Date;

use super::Knowledge;
use super::names::Table;

/// One actor in the systems of codes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ActorCodes<'a> {
    /// Name under which it is listed.
    pub name: Option<&'a str>,
    /// Its state, or the home state of an organisation: ISO 3166-1 alpha-3.
    pub country: Option<&'a str>,
    /// The number of that state among the Correlates of War, on the day asked for.
    pub cow: Option<u16>,
    /// The number of that state on the list of Gleditsch and Ward, on the day asked for.
    pub gw: Option<u16>,
    /// PLOVER sector, where the actor is an organisation.
    pub sector: Option<&'a str>,
    /// Code among CAMEO's known groups, where it is one.
    pub group: Option<&'a str>,
}

impl Knowledge {
    /// The codes of an actor (`CHN`, `IGO:UN`) on a day; without a day, those that it has now or had last.
    #[must_use]
    pub fn actor_codes(&self, code: &str, day: Option<Date>) -> ActorCodes<'_> {
        let organization = self.by_key(Table::Organizations, code);
        let home = organization.map_or(code, |row| row.cell(4));
        let filled = |cell| Some(cell).filter(|cell: &&str| !cell.is_empty());
        let state = self.by_key(Table::States, home);
        let since = state.and_then(|row| row.cell(11).parse::<Date>().ok());
        let existed = day.zip(since).is_none_or(|(day, since)| day.last() >= since.first());
        let number = |column: usize| {
            let cell = state.filter(|_| existed)?.cell(column);
            number_on(cell, day.map(|day| day.parts().0))
        };
        ActorCodes {
            name: organization.or(state).map(|row| row.cell(1)),
            country: state.map(|row| row.cell(0)),
            cow: number(9),
            gw: number(10),
            sector: organization.and_then(|row| filled(row.cell(6))),
            group: organization.and_then(|row| filled(row.cell(7))),
        }
    }
}

/// The number in `260 GFR 1955-1990|255 GMY 1990-` that holds in a year, the later where two do; the last of all without a year.
fn number_on(cell: &str, year: Option<i16>) -> Option<u16> {
    let holds = |term: &&str| {
        let Some(year) = year else { return true };
        let (from, to) = term.rsplit(' ').next().and_then(|years| years.split_once('-')).unwrap_or_default();
        from.parse().is_ok_and(|from: i16| from <= year)
            && to.parse().map_or(to.is_empty(), |to: i16| year <= to)
    };
    cell.split('|').rfind(holds)?.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_states_go_by_date() {
        let knowledge = Knowledge::embedded();
        let on = |code: &str, day: &str| {
            let codes = knowledge.actor_codes(code, day.parse().ok());
            (codes.cow, codes.gw)
        };
        assert_eq!(on("CHN", "2025-10-09"), (Some(710), Some(710)));
        assert_eq!(on("HKG", "1997-06-30"), (None, None), "not yet Chinese");
        assert_eq!(on("HKG", "1997-07-01"), (Some(710), Some(710)));
        assert_eq!(on("DEU", "1989"), (Some(260), Some(260)));
        assert_eq!(on("DEU", "2025"), (Some(255), Some(260)));
        assert_eq!(on("SRB", "2007-01-01"), (Some(345), Some(340)));
        assert_eq!(on("DEU", ""), (Some(255), Some(260)));
        assert_eq!(on("PSE", "2025"), (None, None));
    }

    #[test]
    fn organisations_have_a_sector_and_the_codes_of_their_home() {
        let knowledge = Knowledge::embedded();
        let un = knowledge.actor_codes("IGO:UN", None);
        assert_eq!((un.country, un.cow, un.sector), (None, None, Some("IGO")));
        assert!(knowledge.actor_codes("ORG:nowhere", None) == ActorCodes::default());
    }
}
