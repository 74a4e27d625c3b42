//! Personal names compared without regard to case, accents and the order of their parts.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The parts of a name, lower-case, without accents and punctuation.
pub(crate) fn fold(name: &str) -> Vec<String> {
    let plain: String = name.nfkd().filter(|&c| !is_combining_mark(c)).collect::<String>().to_lowercase();
    plain.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether both names may be of one person who met the same party in the same days: see [`within`].
pub(crate) fn same_person(one: &str, other: &str) -> bool {
    within(&fold(one), &fold(other))
}

/// Whether both names, in folded parts, may be of one person who met the same party in the same days.
///
/// The shorter is a part of the longer ("Biden", "Lula"), perhaps in other letters, or the last name is the same and the first begins
/// alike ("Joe Biden", "Joseph R. Biden, Jr."). Initials and "Jr." tell nothing.
pub(crate) fn within(one: &[String], other: &[String]) -> bool {
    let telling = |parts: &[String]| -> Vec<String> {
        let silent = |part: &&String| part.chars().count() > 1 && !["jr", "sr"].contains(&part.as_str());
        parts.iter().filter(silent).cloned().collect()
    };
    let (one, other) = (telling(one), telling(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let same = |a: &String, b: &String| a == b || a.len().min(b.len()) > 4 && near(a, b);
    let is_in = |part: &String| long.iter().any(|other| same(part, other));
    match short.as_slice() {
        [] => false,
        // "Wei" is nobody's whole name.
        [part] if part.chars().count() < 4 => long.first() == Some(part) || long.last() == Some(part),
        parts if parts.iter().all(is_in) => true,
        [first, .., last] => {
            let begins = |name: &String| name.chars().take(2).collect::<String>();
            same(last, &long[long.len() - 1]) && begins(first) == begins(&long[0])
        }
        [_] => false,
    }
}

/// Whether the shorter may be a part of the longer, perhaps in other letters: "Heidar Aliev" of "Heydar Alirza oglu Aliyev".
///
/// Each part of the shorter is one of the longer but for one letter, or two of a long part; a short part alone must be the same.
pub(crate) fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (fold(one), fold(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    let exact = short.len() == 1 && short[0].chars().count() < 6;
    let is_in = |part: &String| long.iter().any(|other| part == other || !exact && near(part, other));
    !short.is_empty() && short.iter().all(is_in)
}

/// Whether the words differ in a letter, of a long one in two.
fn near(one: &str, other: &str) -> bool {
    distance(one, other) <= if one.chars().count() > 7 { 2 } else { 1 }
}

/// How many letters must be put in, left out or changed to make one word of the other.
#[must_use]
pub fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, b) in other.iter().enumerate() {
            let changed = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[other.len()]
}

/// Whether every part of `wanted` is a part of `name`: what `--person` asks.
#[must_use]
pub fn answers_to(name: &str, wanted: &str) -> bool {
    let parts = fold(name);
    let wanted = fold(wanted);
    !wanted.is_empty() && wanted.iter().all(|part| parts.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_case_accents_initials_and_junior_do_not_matter() {
        assert!(same_person("José Álvarez", "ALVAREZ Jose"));
        assert!(same_person("Mr. João Pedro Rêgo", "Pedro Rego"));
        assert!(same_person("Rego, João P.", "João Rego, Jr."));
        assert!(!same_person("Ana Rego", "Pedro Rego"));
    }

    #[test]
    fn a_first_name_may_be_short() {
        assert!(same_person("Joe Rego", "Joseph R. Rego, Jr."));
        assert!(!same_person("Ana Rego", "Joseph Rego"));
        assert!(!same_person("Tan Wei Ling", "Tan Mei Hua"));
    }

    #[test]
    fn a_part_of_the_name_may_stand_for_it() {
        assert!(same_person("Okafor", "Amara Okafor"));
        assert!(same_person("Tan", "Tan Wei Ling"));
        assert!(same_person("Rego", "João Rego da Silva"));
        assert!(!same_person("Wei", "Tan Wei Ling"), "unless it is short and stands between others");
        assert!(!same_person("", "Tan Wei Ling"));
    }

    #[test]
    fn other_letters_may_spell_the_same_name() {
        assert!(alike("Heidar Aliev", "Heydar Aliyev"));
        assert!(alike("Hamad bin Khalifa al-Tani", "Hamad bin Khalifa Al Thani"));
        assert!(!alike("Ana Rego", "Pedro Rego"));
        assert!(!alike("Ana Rego", "Regos"));
        assert!(!alike("Abdullah bin Abdulaziz Al Saud", "Salman bin Abdulaziz Al Saud"));
    }

    #[test]
    fn a_question_names_some_parts() {
        assert!(answers_to("Tan Wei Ling", "tan"));
        assert!(answers_to("Zoë d’Arc", "zoe arc"));
        assert!(!answers_to("Tan Wei Ling", "Tang"));
        assert!(!answers_to("Tan Wei Ling", " "));
    }
}
