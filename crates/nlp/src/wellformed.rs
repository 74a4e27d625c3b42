//! What Universal Dependencies asks of every tree and scores alone do not give (levels 2 and 3 of its validation).

/// Which labels may meet: the place of each relation that a rule here is about.
pub(crate) struct Relations {
    punct: usize,
    root: usize,
    /// Relations of which a word governs one at most: subjects, objects.
    single: [Vec<usize>; 2],
}

impl Relations {
    /// The relations with these names.
    pub(crate) fn new(names: &[String], root: usize) -> Option<Self> {
        let punct = names.iter().position(|name| name == "punct")?;
        let places = |wanted: &[&str]| {
            (0..names.len()).filter(|i| wanted.contains(&names[*i].as_str())).collect::<Vec<_>>()
        };
        let subjects = places(&["nsubj", "nsubj:pass", "csubj", "csubj:pass"]);
        Some(Self { punct, root, single: [subjects, places(&["obj"])] })
    }

    /// The relation of each word to its head: the best that may stand. `heads` are 1-based, `marks` tells which words are punctuation
    /// marks; one row of `scores` a word.
    pub(crate) fn choose(&self, heads: &[usize], marks: &[bool], scores: &[&[f32]]) -> Vec<usize> {
        let mut chosen: Vec<usize> = (0..heads.len())
            .map(|i| match (heads[i], marks[i]) {
                (0, _) => self.root,
                (_, true) => self.punct,
                _ => self.best(scores[i], &[]),
            })
            .collect();
        for single in &self.single {
            for i in 0..heads.len() {
                let rival = |j: &usize| heads[*j] == heads[i] && single.contains(&chosen[*j]);
                let Some(rival) = (i + 1..heads.len()).find(rival).filter(|_| rival(&i)) else { continue };
                // What neither may be: what they are, and what another word beside them is.
                let held = |list: &&Vec<usize>| {
                    let beside = |j: usize| heads[j] == heads[i] && list.contains(&chosen[j]);
                    (0..heads.len()).any(beside)
                };
                let without: Vec<usize> = self.single.iter().filter(held).flatten().copied().collect();
                let margin = |j: usize| scores[j][chosen[j]] - scores[j][self.best(scores[j], &without)];
                let weaker = if margin(i) < margin(rival) { i } else { rival };
                chosen[weaker] = self.best(scores[weaker], &without);
            }
        }
        chosen
    }

    /// The highest score, the first of equals, of a relation that a word under another may have and that is not left out.
    fn best(&self, scores: &[f32], without: &[usize]) -> usize {
        let fits = |i: &usize| *i != self.root && *i != self.punct && !without.contains(i);
        let mut places = (0..scores.len()).filter(fits);
        let first = places.next().unwrap_or(self.punct);
        places.fold(first, |best, i| if scores[i] > scores[best] { i } else { best })
    }
}

/// Hang each punctuation mark so that no line of the tree crosses its own. `heads` are 1-based; a mark that governs words stays.
pub(crate) fn hang_marks(heads: &mut [usize], marks: &[bool]) {
    for mark in (1..=heads.len()).filter(|i| marks[i - 1]) {
        if heads[mark - 1] == 0 || heads.contains(&mark) || !crosses(heads, mark) {
            continue;
        }
        let covers = |word: &usize| {
            let head = heads[word - 1];
            *word != mark && head != 0 && (*word.min(&head)..=*word.max(&head)).contains(&mark)
        };
        let closest = (1..=heads.len()).filter(covers).min_by_key(|word| word.abs_diff(heads[word - 1]));
        let top = heads.iter().position(|head| *head == 0).map_or(0, |at| at + 1);
        heads[mark - 1] = closest.map_or(top, |word| heads[word - 1]);
    }
}

/// Whether the line from a word to its head crosses another. The root's head stands before the first word.
fn crosses(heads: &[usize], word: usize) -> bool {
    let (low, high) = (word.min(heads[word - 1]), word.max(heads[word - 1]));
    let inside = |i: usize| low < i && i < high;
    let outside = |i: usize| i < low || high < i;
    let mut others = (1..=heads.len()).filter(|i| *i != word).map(|i| (i, heads[i - 1]));
    others.any(|(i, head)| inside(i) && outside(head) || inside(head) && outside(i))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relations() -> Relations {
        let names = ["root", "punct", "nsubj", "appos", "obj"].map(str::to_owned);
        Relations::new(&names, 0).expect("punct is there")
    }

    #[test]
    fn marks_are_punct_and_nothing_else_is() {
        let scores: [&[f32]; 3] = [&[9.0, 8.0, 1.0, 2.0, 0.0], &[9.0, 0.0, 5.0, 0.0, 0.0], &[0.0; 5]];
        assert_eq!(relations().choose(&[3, 3, 0], &[false, true, false], &scores), [3, 1, 0]);
    }

    #[test]
    fn of_two_subjects_the_surer_one_stays() {
        // "Li, also a member, met Kim": the second noun is surer of being something else.
        let scores: [&[f32]; 3] = [&[0.0, 0.0, 9.0, 1.0, 0.0], &[0.0, 0.0, 5.0, 4.0, 0.0], &[0.0; 5]];
        assert_eq!(relations().choose(&[3, 3, 0], &[false; 3], &scores), [2, 3, 0]);
        let scores: [&[f32]; 3] = [scores[1], scores[0], scores[2]];
        assert_eq!(relations().choose(&[3, 3, 0], &[false; 3], &scores), [3, 2, 0]);
    }

    #[test]
    fn what_may_be_no_second_object_becomes_no_second_subject_either() {
        let subject: &[f32] = &[0.0, 0.0, 9.0, 1.0, 0.0];
        let object: &[f32] = &[0.0, 0.0, 0.0, 1.0, 9.0];
        let torn: &[f32] = &[0.0, 0.0, 4.0, 1.0, 5.0];
        assert_eq!(
            relations().choose(&[4, 4, 4, 0], &[false; 4], &[subject, torn, object, object]),
            [2, 3, 4, 0]
        );
    }

    #[test]
    fn a_comma_hangs_where_no_line_crosses() {
        // In "a b , c d" with a over d, b over c and d: the comma under a would cross the line from b to d.
        let mut heads = vec![0, 1, 1, 2, 2];
        hang_marks(&mut heads, &[false, false, true, false, false]);
        assert_eq!(heads, [0, 1, 2, 2, 2]);
    }

    #[test]
    fn a_last_stop_over_which_no_line_runs_hangs_on_the_root() {
        let mut heads = vec![2, 0, 2, 1];
        hang_marks(&mut heads, &[false, false, false, true]);
        assert_eq!(heads, [2, 0, 2, 2]);
    }

    #[test]
    fn what_hangs_well_stays() {
        let mut heads = vec![3, 1, 0, 3];
        hang_marks(&mut heads, &[false, true, false, true]);
        assert_eq!(heads, [3, 1, 0, 3]);
    }
}
