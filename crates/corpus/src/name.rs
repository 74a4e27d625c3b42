//! Personal names compared without regard to case, accents and the order of their parts.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The parts of a name, lower-case, without accents and punctuation.
pub(crate) fn fold(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|&c| !is_combining_mark(c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether both names may be of one person: the same last two parts in any order, or one is a part of the other.
pub(crate) fn same_person(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    match short.as_slice() {
        [] => false,
        [surname] => long.first() == Some(surname) || long.last() == Some(surname),
        _ => last_two(short) == last_two(long) || short.iter().all(|part| long.contains(part)),
    }
}

fn last_two(parts: &[String]) -> Vec<&String> {
    let mut two: Vec<&String> = parts.iter().rev().take(2).collect();
    two.sort();
    two
}

/// Whether every part of `wanted` is a part of `name`: what `--person` asks.
pub(crate) fn answers_to(name: &str, wanted: &str) -> bool {
    let parts = fold(name);
    let wanted = fold(wanted);
    !wanted.is_empty() && wanted.iter().all(|part| parts.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_and_accents_do_not_matter() {
        assert!(same_person("José Álvarez", "ALVAREZ Jose"));
        assert!(same_person("Mr. João Pedro Rêgo", "Pedro Rego"));
        assert!(!same_person("Ana Rego", "Pedro Rego"));
    }

    #[test]
    fn a_surname_alone_may_stand_first_or_last() {
        assert!(same_person("Okafor", "Amara Okafor"));
        assert!(same_person("Tan", "Tan Wei Ling"));
        assert!(!same_person("Wei", "Tan Wei Ling"));
        assert!(!same_person("", "Tan Wei Ling"));
    }

    #[test]
    fn a_question_names_some_parts() {
        assert!(answers_to("Tan Wei Ling", "tan"));
        assert!(answers_to("Zoë d’Arc", "zoe arc"));
        assert!(!answers_to("Tan Wei Ling", "Tang"));
        assert!(!answers_to("Tan Wei Ling", " "));
    }
}
