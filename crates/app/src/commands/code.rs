//! `code`: texts in, records out, nothing kept.

use std::ops::ControlFlow;
use std::path::PathBuf;

use anyhow::Result;
use chancery_formats::write::{annotations, record_json, references};
use chancery_model::conllu;

use super::{Reading, threads};
use crate::Ended;
use crate::cli::CodeFormat;
use crate::inputs::inputs;
use crate::ordered::ordered;
use crate::output::{Output, complain};

pub(super) fn code(
    paths: &[PathBuf],
    format: CodeFormat,
    asked: Option<usize>,
    reading: &Reading,
) -> Result<Ended> {
    let pipeline = reading.pipeline()?;
    let inputs = inputs(paths, None);
    let mut out = Output::new();
    let (mut ended, mut stopped) = (Ended::Well, Ok(()));
    ordered(
        threads(asked),
        |job| {
            for input in &inputs {
                let wanted = match input.read() {
                    Err(why) => job((input.name.clone(), true, Err((why, true)))),
                    Ok(mut readings) => readings.all(|(reading, _)| {
                        let document = reading.outcome.map_err(|skip| (skip.why, skip.failed));
                        job((reading.place, input.named, document))
                    }),
                };
                if !wanted {
                    break;
                }
            }
        },
        |(place, named, document)| {
            let written = document.and_then(|document| {
                let coded = pipeline.try_code(&document).map_err(|fault| (fault, true))?;
                Ok(match format {
                    CodeFormat::Record => format!("{}\n", record_json(&document, &coded.record)),
                    CodeFormat::Annotations => format!("{}\n", annotations(&document, &coded.record)),
                    CodeFormat::Conllu => conllu::write(&document, &coded.analysis),
                    CodeFormat::Discourse => {
                        let discourse = pipeline.discourse(&document, &coded.analysis);
                        conllu::write_with(&document, &coded.analysis, &discourse)
                    }
                    CodeFormat::References => {
                        references(&document, &pipeline.references(&document, &coded.analysis))
                    }
                })
            });
            (place, named, written)
        },
        |(place, named, written)| {
            match written {
                Ok(text) => stopped = out.write(&text),
                Err((why, failed)) => {
                    complain(&format!("skipped  {place}: {why}"));
                    if failed || named {
                        ended = Ended::WithFailures;
                    }
                }
            }
            if stopped.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    stopped?;
    out.finish()?;
    Ok(ended)
}
