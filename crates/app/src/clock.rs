//! What time it is.

use std::time::{SystemTime, UNIX_EPOCH};

/// The time of day in Greenwich: `2031-12-31 10:00`.
pub(crate) fn now() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    time(seconds)
}

/// Seconds since 1970 as a day and a time.
fn time(seconds: u64) -> String {
    let (days, minutes) = (seconds / 86_400, seconds % 86_400 / 60);
    // The civil calendar in eras of 400 years, counted from March.
    let day = days + 719_468;
    let (era, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
    let of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let date = of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    format!("{:04}-{month:02}-{date:02} {:02}:{:02}", era * 400 + year + next, minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::time;

    #[test]
    fn a_time_is_told_by_the_civil_calendar() {
        assert_eq!(time(0), "1970-01-01 00:00");
        assert_eq!(time(951_782_399), "2000-02-28 23:59");
        assert_eq!(time(951_868_800), "2000-03-01 00:00");
        assert_eq!(time(1_956_528_000), "2032-01-01 00:00");
    }
}
