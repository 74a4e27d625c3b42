//! Left-overs of a web page.

use std::sync::LazyLock;

use regex::Regex;

use crate::dates::{holds, pattern};

/// No left-over is longer, in bytes.
const LONGEST: usize = 400;

/// A kind of left-over.
struct LeftOver {
    /// Whether a piece has what the pattern cannot do without: few have, and the pattern of most kinds is never compiled.
    may: fn(&str) -> bool,
    pattern: LazyLock<Regex>,
    reason: &'static str,
}

/// Whole pieces that are no text, and why.
static LEFT_OVERS: [LeftOver; 13] = [
    LeftOver {
        may: |piece| holds(piece, &["…", "..."]),
        pattern: LazyLock::new(|| pattern(r"^[<\[(]?(?:…|\.\.\.)[>\])]?$")),
        reason: "omission",
    },
    LeftOver {
        may: |piece| piece.starts_with('#'),
        pattern: LazyLock::new(|| pattern(r"^#{1,2}$")),
        reason: "mark of a heading",
    },
    LeftOver {
        may: |piece| !piece.contains(|c: char| c.is_ascii_alphanumeric()),
        pattern: LazyLock::new(|| pattern(r"^[^\p{L}\p{N}]+$")),
        reason: "separator",
    },
    LeftOver {
        may: |piece| piece.contains("]("),
        pattern: LazyLock::new(|| pattern(r"^(?:!?\[[^\]]*\]\([^)]*\)[\s|·•,/]*)+$")),
        reason: "links to other pages",
    },
    LeftOver {
        may: |piece| holds(piece, &["contact", "enquiries", "inquiries", "information", "release", "@"]),
        pattern: LazyLock::new(|| {
            pattern(
                r"(?i)^(?:(?:press|media) )?(?:contacts?|enquiries|inquiries)\b.{0,3}:|^for (?:further|more|additional) information\b.*(?:contact|call|visit|see|e-?mail|@|http|www)|^(?:for )?immediate release\W*$|^[\w.+-]+@[\w.-]+$",
            )
        }),
        reason: "contact line",
    },
    LeftOver {
        may: |piece| piece.starts_with(['[', '_']),
        pattern: LazyLock::new(|| pattern(r"^_?\[[A-Z][A-Za-z]{1,5}\s?: [^\]]+\]_?$")),
        reason: "reference to an archive",
    },
    LeftOver {
        may: |piece| piece.chars().filter(char::is_ascii_alphanumeric).count() < 10,
        pattern: LazyLock::new(|| pattern(r"(?i)^\W*(?:end(?:s|item)?|(?:begin|end) text|-\s?30\s?-)\W*$")),
        reason: "mark of the end",
    },
    LeftOver {
        may: |piece| !piece.contains('.'),
        pattern: LazyLock::new(|| {
            pattern(
                r"(?i)^(?:(?:share|print|save|tweet|email|e-mail|facebook|twitter|x|linkedin|whatsapp|telegram|weibo|wechat|copy link|link|home|back|next|previous|prev|menu|search|subscribe|sign up|log ?in|register|skip to (?:main )?content|skip to content|advertisement|read more|more|top|back to top|follow us|comments?|newsletter|listen|font size|large|small|medium|big|news|world|politics|english|français|中文|русский|video|photos?|related (?:stories|news|articles|links)|live|this article|this page|this|on|to|by)(?:[\s|,/·•»›>:+]+|$))+$",
            )
        }),
        reason: "navigation of the page",
    },
    LeftOver {
        may: |piece| piece.contains([':', '：']),
        pattern: LazyLock::new(|| {
            pattern(r"(?i)^\W*(?:(?:web |managing |responsible |executive )?editors?|ed\.)\s*[:：]")
        }),
        reason: "who edited it",
    },
    LeftOver {
        may: |piece| piece.contains([':', '：']),
        pattern: LazyLock::new(|| {
            pattern(
                r"(?i)^\W*(?:related|related (?:stories|news|articles|links?|content|topics?)|also read|read also|read more|see also|recommended|most (?:read|viewed|popular)|you may also like|more from|tags?|keywords?|topics?|categor(?:y|ies)|filed under|source|find more here|read more here)\s*[:：]",
            )
        }),
        reason: "links to other pages",
    },
    LeftOver {
        may: |piece| holds(piece, &["©", "(c)", "copyright", "rights"]),
        pattern: LazyLock::new(|| {
            pattern(
                r"(?i)^\W*(?:copyright\s*)?(?:©|\(c\))[^.]{0,60}\d{4}|^copyright\s+\d{4}|\ball rights reserved\b",
            )
        }),
        reason: "copyright line",
    },
    LeftOver {
        may: |piece| {
            holds(
                piece,
                &["cookie", "privacy", "subscribe", "sign up", "follow us", "share", "click", "scan"],
            )
        },
        pattern: LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:we|site) uses? (?:\S+ )?cookies\b|^accept (?:all )?cookies\b|^cookie (?:policy|settings|preferences)\b|^(?:read |see )?(?:our )?privacy policy\b|^subscribe to\b|^sign up (?:for|to)\b|^follow us on\b|^share (?:this|on)\b|^click here\b|^scan the qr code",
            )
        }),
        reason: "notice of the page",
    },
    LeftOver {
        may: |piece| piece.contains('('),
        pattern: LazyLock::new(|| {
            pattern(
                r"^\s*\*?\((?i:speaks?|speaking|as interpreted|in |no translation|laugh|applause|cross-?talk|inaudible|a pause|the .{1,30} (?:begins|ends|is)|remarks|video|end)[^()]{0,60}\)\*?\s*$",
            )
        }),
        reason: "remark of the record keeper",
    },
];

/// Why a whole piece is set aside, if it is.
pub(super) fn reason(piece: &str) -> Option<&'static str> {
    if piece.len() > LONGEST {
        let separator = !piece.chars().any(char::is_alphanumeric);
        return separator.then_some("separator");
    }
    let found = LEFT_OVERS.iter().find(|one| (one.may)(piece) && one.pattern.is_match(piece));
    found.map(|one| one.reason)
}

static DIRECTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\*?\((?i:speaks?|speaking|as interpreted|in \p{Lu}|laugh|applause|cross-?talk|inaudible)[^()]{0,40}\)\*?\s+",
    )
});

/// The length of a remark such as "(As interpreted.)" before what is said.
pub(super) fn direction(piece: &str) -> Option<usize> {
    let head = Some(head(piece)).filter(|head| head.starts_with(['(', '*']))?;
    DIRECTION.find(head).map(|m| m.end()).filter(|end| *end < piece.len())
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
    let head = Some(head(piece)).filter(|head| !head.starts_with(char::is_alphabetic))?;
    let found = MARK.captures(head)?;
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
