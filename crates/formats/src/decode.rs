//! From bytes to text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Decoded text, and what was odd about its bytes.
pub(crate) struct Decoded {
    pub(crate) text: String,
    pub(crate) suspect: Option<String>,
}

/// How much of the bytes the guess of an encoding looks at.
const GUESSED: usize = 1_000_000;

/// Files that are known by their first bytes.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP, DOCX or XLSX file"),
    (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"),
    (b"\xFF\xD8\xFF", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "an RTF file"),
];

/// Decode by byte order mark, else as UTF-8, else by the page's own word (`charset=`), else by a guess.
///
/// # Errors
/// Why the bytes are not text.
pub(crate) fn decode(bytes: &[u8]) -> Result<Decoded, String> {
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(format!("not text but {what}"));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
        return Ok(Decoded { text: text.into_owned(), suspect: suspect(encoding, damaged) });
    }
    if bytes.contains(&0) {
        return Err("not text: it holds NUL bytes".to_owned());
    }
    let control = bytes.iter().filter(|b| **b < 32 && !b"\t\n\r\x0c\x1b".contains(b)).count();
    if control * 50 > bytes.len() {
        return Err("not text: it holds control characters".to_owned());
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), suspect: None });
    }
    let encoding = if mostly_utf8(bytes) { UTF_8 } else { charset(bytes).unwrap_or_else(|| guess(bytes)) };
    let (text, damaged) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), suspect: suspect(encoding, damaged) })
}

fn suspect(encoding: &'static Encoding, damaged: bool) -> Option<String> {
    match (encoding == UTF_8, damaged) {
        (true, false) => None,
        (_, true) => Some(format!("decoded as {} with characters lost; save it as UTF-8", encoding.name())),
        (false, false) => Some(format!("decoded as {}, not UTF-8", encoding.name())),
    }
}

/// UTF-8 with a few broken places, rather than another encoding.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * broken
}

fn charset(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let label = head.split_once("charset=")?.1.trim_start_matches(['"', '\'']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && !"-_".contains(c)).unwrap_or(label.len());
    Encoding::for_label(&label.as_bytes()[..end]).filter(|e| *e != UTF_8)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(GUESSED)], true);
    detector.guess(None, Utf8Detection::Deny)
}
