//! A meeting over documents.

use chancery_corpus::Corpus;
use maud::{Markup, html};
use serde_json::json;

use crate::serve::asked::Asked;
use crate::serve::cite::title;
use crate::serve::fault::Fault;
use crate::serve::page::{Page, Twin};
use crate::serve::parts::{clean, heading, link, linked};
use crate::serve::words::plain;

pub(in crate::serve) fn page(corpus: &Corpus, asked: &Asked) -> Result<Page, Fault> {
    let encounter = corpus.encounter(&asked.id)?;
    let field = |name: &str| encounter.fields.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    let accounts = encounter.members.iter().map(|id| {
        let stored = corpus.document(id)?;
        let quote =
            stored.record.meetings.iter().find(|m| id.ends_with(&format!(".{}", m.id))).map(|m| m.quote);
        let words = quote.map(|q| stored.document.slice(q).to_owned()).unwrap_or_default();
        let title = title(&stored).to_owned();
        Ok((id, stored.document.id, title, words))
    });
    let accounts: Vec<(&String, String, String, String)> = accounts.collect::<Result<_, Fault>>()?;
    let main = html! {
        dl.facts {
            @for (name, value) in encounter.fields.iter().filter(|(n, _)| !matches!(n.as_str(), "id" | "date_from" | "date_to" | "documents")) {
                div { dt { (heading(name)) } dd { (linked(&plain(name, value))) } }
            }
        }
        @if let [(one, ..), .., (other, ..)] = &accounts[..] {
            @let text = |account: &str| account.split('.').next().unwrap_or_default().to_owned();
            @if text(one) != text(other) {
                p.links { a href=(format!("/compare?a={}&b={}", text(one), text(other))) { "Compare " (text(one)) " and " (text(other)) } }
            }
        }
        section {
            h2 { "Told by" }
            ul.accounts {
                @for (id, _, title, words) in &accounts {
                    li {
                        p { (link(id)) " " cite { (clean(title)) } }
                        blockquote { (clean(words)) }
                        @if accounts.len() > 1 { (apart(&asked.id, id)) }
                        ul.bonds {
                            @for bond in encounter.bonds.iter().filter(|b| b.account == **id) {
                                li.(bond.verdict) { strong { (heading(&bond.field)) " " (bond.verdict) } ": " (clean(&plain(&bond.field, &bond.words))) }
                            }
                        }
                    }
                }
            }
        }
    };
    let main = html! { (main) (one(&asked.id)) };
    let heading = format!("{} {} {}", asked.id, field("date"), field("parties"));
    let rows =
        accounts.iter().map(|(id, name, _, words)| vec![json!(id), json!(name), json!(words)]).collect();
    let facts = encounter.fields.iter().map(|(n, v)| (n.clone(), json!(v))).collect();
    let twin = Twin::new(&["account", "document_name", "quote"], rows)
        .beside("meeting", serde_json::Value::Object(facts));
    Ok(Page { title: heading, main, twin })
}

/// An account is of another meeting.
fn apart(meeting: &str, account: &str) -> Markup {
    html! {
        form.actions action="/links/apart" method="post" {
            input type="hidden" name="meeting" value=(meeting);
            input type="hidden" name="account" value=(account);
            button type="submit" data-key="s" aria-label=(format!("Another meeting: {account} is not of {meeting}")) { "Another meeting" }
        }
    }
}

/// Another meeting or account is the same.
fn one(meeting: &str) -> Markup {
    html! {
        section {
            h2 { "The same as another" }
            form.filter action="/links" method="post" {
                input type="hidden" name="id" value=(meeting);
                label { span { "Meeting or account" } input type="text" name="with" required placeholder="M7 or d4.m1"; }
                button type="submit" data-key="m" { "They are one" }
            }
        }
    }
}
