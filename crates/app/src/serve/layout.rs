//! The frame around every page.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::asked::Asked;
use super::fault::Fault;
use super::page::Page;
use super::parts::clean;
use super::route::{Route, leads, navigation, section};

/// A page in its frame.
pub(super) fn page(page: &Page, route: &Route, asked: &Asked) -> Markup {
    let name = name(route.path);
    let foot = html! {
        form.me action="/me" method="post" {
            input type="hidden" name="back" value=(asked.with("", None));
            label { "Corrections are signed " input type="text" name="name" value=(clean(&asked.who)) required; }
            button type="submit" { "Keep" }
        }
        p { "The same for programs: " a href=(asked.form("json")) { "JSON" } ", " a href=(asked.form("csv")) { "CSV" } }
    };
    frame(&page.title, route.path, name, html! { h1 { (clean(&page.title)) } (page.main) }, foot)
}

/// What style and scripts know the page by: `home`, `documents`, of one of them `document`.
fn name(path: &str) -> &str {
    match path.trim_start_matches('/').split_once('/') {
        Some((list, _)) => list.trim_end_matches('s'),
        None if path == "/" => "home",
        None => &path[1..],
    }
}

/// What is said in place of a page.
pub(super) fn fault(fault: &Fault, path: Option<&str>) -> Markup {
    let title = match fault.status {
        400 => "Not understood",
        401 | 403 => "Not let in",
        404 => "Not found",
        _ => "Not possible",
    };
    let main = html! { h1 { (title) } p.fault role="alert" { (clean(&fault.words)) } };
    frame(title, path.unwrap_or_default(), "fault", main, html! {})
}

fn frame(title: &str, path: &str, name: &str, main: Markup, foot: Markup) -> Markup {
    let beside = section(path);
    let main = html! {
        @if !beside.is_empty() {
            nav.beside aria-label="Pages of this kind" {
                ul { @for route in beside { li { (entry(route, route.path == path)) } } }
            }
        }
        (main)
    };
    let main = main.into_string();
    let scripts = [("timeline", "figures"), ("network", "figures"), ("map", "map")];
    let script = scripts.iter().find(|(kind, _)| main.contains(&format!("data-figure=\"{kind}\"")));
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (clean(title)) " · Chancery" }
                link rel="stylesheet" href="/assets/page.css";
                link rel="icon" href="data:,";
                script src="/assets/page.js" {}
                @if let Some((_, script)) = script { script src=(format!("/assets/{script}.js")) defer {} }
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.brand href="/" { "Chancery" }
                    nav aria-label="Main" {
                        ul {
                            @for route in navigation() {
                                li { (entry(route, leads(route, path))) }
                            }
                        }
                    }
                    form.search role="search" action="/search" method="get" {
                        input type="search" name="q" aria-label="Search the record" placeholder="Search";
                    }
                }
                main #main data-page=(name) tabindex="-1" { (PreEscaped(main)) }
                footer.foot {
                    (foot)
                    p { "From the record of this machine. " a href="/openapi.json" { "How programs ask" } }
                }
            }
        }
    }
}

/// A way to a page.
fn entry(route: &Route, current: bool) -> Markup {
    html! { a href=(route.path) title=(route.about) aria-current=[current.then_some("page")] { (route.name) } }
}
