//! Left-overs of a web page.

use std::sync::LazyLock;

use regex::Regex;

use crate::dates::pattern;

/// No left-over is longer, in bytes.
const LONGEST: usize = 400;

/// Whole pieces that are no text, and why.
static REASONS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"^[<\[(]?(?:…|\.\.\.)[>\])]?$", "omission"),
        (r"^#{1,2}$", "mark of a heading"),
        (r"^[^\p{L}\p{N}]+$", "separator"),
        (r"^(?:!?\[[^\]]*\]\([^)]*\)[\s|·•,/]*)+$", "links to other pages"),
        (
            r"(?i)^(?:(?:press|media) )?(?:contacts?|enquiries|inquiries)\b.{0,3}:|^for (?:further|more|additional) information\b.*(?:contact|call|visit|see|e-?mail|@|http|www)|^(?:for )?immediate release\W*$|^[\w.+-]+@[\w.-]+$",
            "contact line",
        ),
        (r"^_?\[[A-Z][A-Za-z]{1,5}\s?: [^\]]+\]_?$", "reference to an archive"),
        (r"(?i)^\W*(?:end(?:s|item)?|(?:begin|end) text|-\s?30\s?-)\W*$", "mark of the end"),
        (
            r"(?i)^(?:(?:share|print|save|tweet|email|e-mail|facebook|twitter|x|linkedin|whatsapp|telegram|weibo|wechat|copy link|link|home|back|next|previous|prev|menu|search|subscribe|sign up|log ?in|register|skip to (?:main )?content|skip to content|advertisement|read more|more|top|back to top|follow us|comments?|newsletter|listen|font size|large|small|medium|big|news|world|politics|english|français|中文|русский|video|photos?|related (?:stories|news|articles|links)|live|this article|this page|this|on|to|by)(?:[\s|,/·•»›>:+]+|$))+$",
            "navigation of the page",
        ),
        (r"(?i)^\W*(?:(?:web |managing |responsible |executive )?editors?|ed\.)\s*[:：]", "who edited it"),
        (
            r"(?i)^\W*(?:related|related (?:stories|news|articles|links?|content|topics?)|also read|read also|read more|see also|recommended|most (?:read|viewed|popular)|you may also like|more from|tags?|keywords?|topics?|categor(?:y|ies)|filed under|source|find more here|read more here)\s*[:：]",
            "links to other pages",
        ),
        (
            r"(?i)^\W*(?:copyright\s*)?(?:©|\(c\))[^.]{0,60}\d{4}|^copyright\s+\d{4}|\ball rights reserved\b",
            "copyright line",
        ),
        (
            r"(?i)\b(?:we|site) uses? (?:\S+ )?cookies\b|^accept (?:all )?cookies\b|^cookie (?:policy|settings|preferences)\b|^(?:read |see )?(?:our )?privacy policy\b|^subscribe to\b|^sign up (?:for|to)\b|^follow us on\b|^share (?:this|on)\b|^click here\b|^scan the qr code",
            "notice of the page",
        ),
        (r"^\s*\*?\((?i:speaks?|speaking|as interpreted|in |no translation|laugh|applause|cross-?talk|inaudible|a pause|the .{1,30} (?:begins|ends|is)|remarks|video|end)[^()]{0,60}\)\*?\s*$", "remark of the record keeper"),
    ]
    .map(|(source, reason)| (pattern(source), reason))
    .into()
});

/// Why a whole piece is set aside, if it is.
pub(super) fn reason(piece: &str) -> Option<&'static str> {
    if piece.len() > LONGEST {
        let separator = !piece.chars().any(char::is_alphanumeric);
        return separator.then_some("separator");
    }
    REASONS.iter().find(|(pattern, _)| pattern.is_match(piece)).map(|(_, reason)| *reason)
}

static DIRECTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\*?\((?i:speaks?|speaking|as interpreted|in \p{Lu}|laugh|applause|cross-?talk|inaudible)[^()]{0,40}\)\*?\s+",
    )
});

/// The length of a remark such as "(As interpreted.)" before what is said.
pub(super) fn direction(piece: &str) -> Option<usize> {
    DIRECTION.find(head(piece)).map(|m| m.end()).filter(|end| *end < piece.len())
}

/// A mark before the words of a piece.
pub(super) struct Mark {
    pub(super) length: usize,
    pub(super) reason: &'static str,
    pub(super) item: bool,
}

static MARK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(?<item>[-–—•·●▪‣*]\s+|\(?\d{1,2}[.)]\s+|\([a-z]\)\s+)|#{1,6}\s+)\S"));

/// The bullet, number or heading mark that a piece opens with.
pub(super) fn mark(piece: &str) -> Option<Mark> {
    let found = MARK.captures(head(piece))?;
    let last = piece[..found.get(0)?.end()].char_indices().next_back()?.0;
    let item = found.name("item").is_some();
    let words = piece[last..].contains(char::is_alphanumeric);
    let reason = if item { "mark of a list item" } else { "mark of a heading" };
    words.then_some(Mark { length: last, reason, item })
}

/// The start of a piece, enough for what stands before running text.
pub(super) fn head(piece: &str) -> &str {
    &piece[..piece.floor_char_boundary(200)]
}
