//! Captions and the credits that end them: "… in the capital. (Xinhua/Name)", "Photo: Name", "[Photo/Agency]".

use std::sync::LazyLock;

use regex::Regex;

use super::agency::{AGENCIES, is_agency};
use crate::dates::{holds, pattern};

/// No credit is longer, in bytes.
const LONGEST: usize = 120;

/// Where a credit begins in a piece.
pub(super) struct Credit {
    pub(super) start: usize,
    /// Whether what stands before it is a caption, rather than the last paragraph of a report.
    pub(super) caption: bool,
    pub(super) agency: Option<String>,
}

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s.!?”)])((?:Photo|PHOTO|Photograph|Image|Picture|Photo credit|Credit|Foto)(?:s)?(?:\s+(?:by|courtesy of)\s+|\s*:\s*)\p{Lu}[^.;:]{1,70}\.?)$",
    )
});

static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:\(?file(?: photo)?\)|file photo\b|(?:this |in this |a |an )?(?:undated |file |handout |combo )?(?:photo|picture|image)s?(?:,)? (?:taken|released|provided|shows|combination|grab)|screenshot\b)",
    )
});

/// The credit that a piece ends with.
pub(super) fn credit(piece: &str, last: bool) -> Option<Credit> {
    let from = piece.ceil_char_boundary(piece.len().saturating_sub(LONGEST));
    let tail = &piece[from..];
    let named = holds(tail, &["photo", "image", "picture", "credit", "foto"]);
    if let Some(found) = named.then(|| NAMED.captures(tail)).flatten().and_then(|c| c.get(1)) {
        let name = found.as_str().split_once(':').map_or(found.as_str(), |(_, name)| name);
        return Some(Credit { start: from + found.start(), caption: true, agency: agency(name) });
    }
    let bare = tail.trim_end_matches(['.', '*', '_']);
    let opening = match bare.chars().next_back()? {
        ')' => bare.rfind('('),
        ']' => bare.rfind('['),
        _ => None,
    }?;
    let inner = &bare[opening + 1..bare.len() - 1];
    let agency = agency(inner);
    let name = |part: &str| {
        let mut words = part.split_whitespace();
        words.clone().count() >= 2 && words.all(|w| w.starts_with(char::is_uppercase))
    };
    let before = piece[..from + opening].trim_end();
    let apart = before.is_empty() || before.ends_with(['.', '!', '?', '”', '"', '…']);
    let parted =
        inner.split_once('/').is_some_and(|(a, b)| agency.is_some() || (apart && (name(a) || name(b))));
    let told = ["Photo", "Image", "Courtesy", "Credit", "File photo", "Handout"]
        .iter()
        .any(|w| inner.starts_with(w))
        || inner.to_ascii_lowercase().ends_with(" photo");
    let alone = apart && is_agency(inner);
    (parted || told || alone).then(|| Credit {
        start: from + opening,
        caption: parted || told || !last,
        agency,
    })
}

/// A piece that says of itself that it stands under a picture.
pub(super) fn is_caption(piece: &str) -> bool {
    let head = super::debris::head(piece);
    holds(head, &["file", "photo", "picture", "image", "screenshot"]) && OPENING.is_match(head)
}

fn agency(credit: &str) -> Option<String> {
    let parts = credit.split(['/', ',']).map(str::trim);
    parts
        .into_iter()
        .find_map(|part| AGENCIES.iter().find(|a| a.eq_ignore_ascii_case(part)))
        .map(|a| (*a).to_owned())
}
