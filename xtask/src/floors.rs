//! Floors: what the scores of a set of texts must not fall under. `docs/floors.csv` holds them; they only rise.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

const PAGE: &str = "docs/floors.csv";
const HEAD: &str = "set,layer,measure,floor";

/// How far below a score its floor may lie.
const STEP: f64 = 0.005;

/// What `chancery score --json` says of each set.
pub(crate) type Scores = BTreeMap<String, Value>;

/// The least that a set must reach in a layer by a measure (`p`, `r`, `f1`).
#[derive(Debug, Clone, PartialEq)]
struct Floor {
    set: String,
    layer: String,
    measure: String,
    floor: f64,
}

/// Hold the scores against the floors; with `write`, raise the floors to them. Sets without scores are passed over.
///
/// # Errors
/// A line for each score below its floor; then no floor is raised.
pub(crate) fn hold(scores: &Scores, write: bool) -> Result<(), String> {
    let path = crate::root().join(PAGE);
    let mut floors = read(&std::fs::read_to_string(&path).map_err(|error| format!("{PAGE}: {error}"))?)?;
    let below = below(&floors, scores)?;
    if !below.is_empty() {
        return Err(below.join("\n"));
    }
    if write {
        raise(&mut floors, scores);
        std::fs::write(&path, page(&floors)).map_err(|error| format!("{PAGE}: {error}"))?;
    }
    Ok(())
}

fn read(text: &str) -> Result<Vec<Floor>, String> {
    let mut lines = (1..).zip(text.lines());
    let wrong = |line: usize| format!("{PAGE}:{line}: write '{HEAD}', as in 'dev,roles,f1,0.920'");
    if lines.next().is_none_or(|(_, line)| line != HEAD) {
        return Err(wrong(1));
    }
    let row = |(number, line): (usize, &str)| match line.split(',').collect::<Vec<_>>()[..] {
        [set, layer, measure, floor] => {
            let [set, layer, measure] = [set, layer, measure].map(str::to_owned);
            Ok(Floor { set, layer, measure, floor: floor.parse().map_err(|_| wrong(number))? })
        }
        _ => Err(wrong(number)),
    };
    lines.map(row).collect()
}

fn page(floors: &[Floor]) -> String {
    let mut out = format!("{HEAD}\n");
    for Floor { set, layer, measure, floor } in floors {
        let _ = writeln!(out, "{set},{layer},{measure},{floor:.3}");
    }
    out
}

/// A floor with the score that it is for; an error where the set has scores, but not this one.
fn score(floor: &Floor, scores: &Scores) -> Result<Option<f64>, String> {
    let Some(set) = scores.get(&floor.set) else { return Ok(None) };
    let Floor { set: name, layer, measure, .. } = floor;
    let missing = || format!("{PAGE}: '{name}' has no score '{measure}' of '{layer}'; delete its floor");
    set[layer][measure].as_f64().map(Some).ok_or_else(missing)
}

fn below(floors: &[Floor], scores: &Scores) -> Result<Vec<String>, String> {
    let mut out = Vec::new();
    for floor in floors {
        if let Some(score) = score(floor, scores)?.filter(|score| *score < floor.floor) {
            let Floor { set, layer, measure, floor } = floor;
            out.push(format!("{set}: {layer} {measure} {score:.3} fell under its floor {floor:.3} ({PAGE})"));
        }
    }
    Ok(out)
}

fn raise(floors: &mut [Floor], scores: &Scores) {
    for floor in floors {
        if let Ok(Some(score)) = score(floor, scores) {
            // A score of 0.940 is 188 steps, however it is represented.
            let reached = ((score / STEP + 1e-9).floor() * STEP).max(0.0);
            floor.floor = floor.floor.max(reached);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn floors(floor: &str) -> Vec<Floor> {
        read(&format!("{HEAD}\ndev,roles,f1,{floor}\n")).expect("a table")
    }

    fn scores(score: f64) -> Scores {
        Scores::from([("dev".to_owned(), json!({ "roles": { "f1": score } }))])
    }

    #[track_caller]
    fn check_raised(floor: &str, score: f64, expect: &str) {
        let mut floors = floors(floor);
        raise(&mut floors, &scores(score));
        assert_eq!(page(&floors), format!("{HEAD}\ndev,roles,f1,{expect}\n"));
    }

    #[test]
    fn a_floor_rises_to_the_score_rounded_down() {
        check_raised("0.900", 0.964, "0.960");
        check_raised("0.900", 0.940, "0.940");
        check_raised("0.900", 0.9449, "0.940");
        check_raised("0.900", 1.0, "1.000");
    }

    #[test]
    fn a_floor_never_falls() {
        check_raised("0.900", 0.899, "0.900");
        check_raised("0.942", 0.944, "0.942");
    }

    #[test]
    fn a_score_below_its_floor_is_told() {
        let told = below(&floors("0.920"), &scores(0.919));
        assert_eq!(
            told,
            Ok(vec!["dev: roles f1 0.919 fell under its floor 0.920 (docs/floors.csv)".to_owned()])
        );
        assert_eq!(below(&floors("0.920"), &scores(0.920)), Ok(Vec::new()));
    }

    #[test]
    fn a_set_without_scores_is_passed_over_but_a_score_that_there_is_not_is_told() {
        assert_eq!(below(&floors("0.920"), &Scores::new()), Ok(Vec::new()));
        let other = Scores::from([("dev".to_owned(), json!({}))]);
        assert!(below(&floors("0.920"), &other).is_err_and(|why| why.contains("no score 'f1' of 'roles'")));
    }

    #[test]
    fn a_line_that_is_no_floor_says_where() {
        let wrong = read(&format!("{HEAD}\ndev,roles,f1,much\n"));
        assert!(wrong.is_err_and(|why| why.starts_with("docs/floors.csv:2: write")));
    }
}
