//! Text with marks laid over it, for terminals and for plain output.

use chancery_model::Span;

/// How a stretch of text is shown on a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// What a statement says.
    Said,
    /// The words that attribute it, or that a row rests on.
    Strong,
    /// A meeting, a role, an event.
    Named,
    /// Set aside, or a mark.
    Dim,
    /// Only in the first of two texts.
    Gone,
    /// Only in the second.
    New,
}

impl Style {
    fn code(self) -> &'static str {
        match self {
            Self::Said => "4",
            Self::Strong => "1",
            Self::Named => "36",
            Self::Dim => "2",
            Self::Gone => "9;31",
            Self::New => "32",
        }
    }
}

/// A stretch of text with what stands before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) before: String,
    pub(super) after: &'static str,
    pub(super) style: Style,
}

/// The part `within` of the text with its marks, in colour for a terminal. Marks may nest and overlap.
pub(super) fn marked(text: &str, within: Span, marks: &[Mark], colour: bool) -> String {
    let mut marks: Vec<&Mark> =
        marks.iter().filter(|m| within.contains(m.span) && !m.span.is_empty()).collect();
    // Of marks that begin together the longest is outermost.
    marks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut places: Vec<u32> = marks.iter().flat_map(|m| [m.span.start, m.span.end]).collect();
    places.extend([within.start, within.end]);
    places.sort_unstable();
    places.dedup();
    let mut out = String::new();
    for (at, &place) in places.iter().enumerate() {
        for mark in marks.iter().rev().filter(|m| m.span.end == place) {
            out += &styled(mark.after, &[Style::Dim], colour);
        }
        for mark in marks.iter().filter(|m| m.span.start == place) {
            out += &styled(&mark.before, &[Style::Dim], colour);
        }
        if let Some(&next) = places.get(at + 1) {
            let piece = Span { start: place, end: next };
            let styles: Vec<Style> =
                marks.iter().filter(|m| m.span.contains(piece)).map(|m| m.style).collect();
            out += &styled(&crate::output::harmless(piece.slice(text)), &styles, colour);
        }
    }
    out
}

/// The words in all the styles at once.
pub(super) fn styled(words: &str, styles: &[Style], colour: bool) -> String {
    if !colour || styles.is_empty() || words.is_empty() {
        return words.to_owned();
    }
    let codes: Vec<&str> = styles.iter().map(|s| s.code()).collect();
    format!("\u{1b}[{}m{words}\u{1b}[0m", codes.join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(text: &str, words: &str, before: &str, after: &'static str) -> Mark {
        let start = text.find(words).expect("the words are in the text");
        let span = Span::new(start, start + words.len());
        Mark { span, before: before.to_owned(), after, style: Style::Said }
    }

    #[test]
    fn marks_nest_and_overlap() {
        let text = "Zoë said “we agree” at once.";
        let whole = Span::new(0, text.len());
        let marks = [mark(text, "we agree” at", "[s1 ", "]"), mark(text, "said “we", "*", "*")];
        assert_eq!(marked(text, whole, &marks, false), "Zoë *said “[s1 we* agree” at] once.");
        let nested = [mark(text, "we", "(", ")"), mark(text, "we agree", "[", "]")];
        assert_eq!(marked(text, whole, &nested, false), "Zoë said “[(we) agree]” at once.");
    }

    #[test]
    fn a_text_cannot_command_the_terminal() {
        let text = "a\u{1b}[31mb";
        assert_eq!(marked(text, Span::new(0, text.len()), &[], true), "a\u{fffd}[31mb");
    }
}
