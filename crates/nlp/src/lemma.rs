//! Lemma rules: the edit that turns a word into its dictionary form. The same as `training/data.py`.

/// The lemma that the rule makes of the word: `l|1|y` lower-cases it, cuts one letter and adds `y`; `=` keeps the case.
///
/// Never empty: a rule that does not fit the word leaves it as it is.
pub(crate) fn apply(rule: &str, word: &str) -> String {
    let visible: String = word.chars().filter(|c| !crate::pieces::is_invisible(*c)).collect();
    let word = if visible.is_empty() { word.to_owned() } else { visible };
    let mut parts = rule.splitn(3, '|');
    let (case, cut, add) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
    let base = if case == Some("l") { word.to_lowercase() } else { word };
    let letters = base.chars().count();
    let keep = cut.and_then(|n| n.parse().ok()).and_then(|n: usize| letters.checked_sub(n));
    let lemma = keep.map(|n| base.chars().take(n).collect::<String>() + add);
    lemma.filter(|l| !l.is_empty()).unwrap_or(base)
}

#[cfg(test)]
mod tests {
    use super::apply;

    #[test]
    fn rules_cut_and_add_letters() {
        assert_eq!(apply("l|3|y", "Parties"), "party");
        assert_eq!(apply("=|0|", "Zenda"), "Zenda");
        assert_eq!(apply("=|2|have", "’s"), "have");
        assert_eq!(apply("=|1|e", "é"), "e");
    }

    #[test]
    fn a_rule_that_does_not_fit_leaves_the_word() {
        assert_eq!(apply("l|4|be", "Is"), "is");
        assert_eq!(apply("=|2|", "is"), "is");
        assert_eq!(apply("", "x"), "x");
    }
}
