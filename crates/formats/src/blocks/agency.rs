//! News agencies.

/// Publishers whose names stand in credits, stamps and datelines.
#[rustfmt::skip]
pub(super) const AGENCIES: &[&str] = &[
    "AA", "AFP", "ANI", "ANSA", "AP", "APP", "Agencia EFE", "Anadolu", "Antara", "Azertac", "BelTA",
    "Bernama", "CCTV", "CGTN", "China Daily", "DPA", "EFE", "EPA", "Getty", "Getty Images", "Global Times",
    "IANS", "IRNA", "Interfax", "Jiji", "KCNA", "Kazinform", "Kyodo", "MNA", "NHK", "PTI", "People's Daily",
    "QNA", "RIA Novosti", "Reuters", "SANA", "SPA", "Sputnik", "TASS", "UNI", "Ukrinform", "VCG", "VNA",
    "WAM", "Xinhua", "Yonhap", "dpa",
];

/// Whether the words are the name of an agency.
pub(super) fn is_agency(words: &str) -> bool {
    AGENCIES.iter().any(|agency| agency.eq_ignore_ascii_case(words.trim()))
}
