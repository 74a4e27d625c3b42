//! CAMEO codes that by the crosswalk are of another type than their page's.

use super::super::Pages;
use super::super::page::Fault;
use crate::knowledge::table::nearest;
use crate::ontology::Ontology;

/// A remark for each code of another type. What is yet to be done has the code of the promise: aid that is pledged.
pub(super) fn remarks(pages: &Pages, paths: &[&str], ontology: &Ontology) -> Vec<(String, Fault)> {
    let mut out = Vec::new();
    for (page, path) in pages.pages.iter().zip(paths) {
        for rule in &page.rules {
            let own = rule.patterns.iter().filter_map(|p| Some((p.line, p.code.as_ref()?)));
            let codes = std::iter::once((rule.code_line, &rule.code)).chain(own);
            for (line, cameo) in
                codes.filter(|c| !c.1.planned).filter_map(|c| Some((c.0, c.1.cameo.as_ref()?)))
            {
                let Some(other) = ontology.cameo(cameo).filter(|c| c.plover.as_ref() != Some(&page.plover))
                else {
                    continue;
                };
                let kind = other.plover.as_deref().unwrap_or("of no type");
                let codes = ontology.codes_of(&page.plover).filter(|code| code.len() > 2);
                let near = nearest(cameo, codes).map(|near| format!("; near it {} has {near}", page.plover));
                let what = format!("CAMEO {cameo} ({}) is {kind} in cameo.csv", other.name);
                out.push(((*path).to_owned(), (line, what + &near.unwrap_or_default())));
            }
        }
    }
    out
}
