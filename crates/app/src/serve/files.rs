//! Style and scripts, bundled from `web/`.

/// What is at the address: its kind and its bytes.
pub(super) fn file(path: &str) -> Option<(&'static str, &'static [u8])> {
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    Some(match path {
        "/assets/page.css" => ("text/css; charset=utf-8", include_bytes!("../../assets/page.css")),
        "/assets/page.js" => (SCRIPT, include_bytes!("../../assets/page.js")),
        "/assets/figures.js" => (SCRIPT, include_bytes!("../../assets/figures.js")),
        "/assets/map.js" => (SCRIPT, include_bytes!("../../assets/map.js")),
        _ => return None,
    })
}
