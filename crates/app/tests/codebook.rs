//! Every rule of the codebook fires on its own examples, with the actors that they say, and stays silent on its counter-examples.

use chancery_coder::Coder;

#[test]
fn every_rule_fires_on_its_examples_and_stays_silent_on_its_counter_examples() {
    let wrong =
        chancery::examples::failures(&Coder::embedded().patterns_alone()).expect("the weights are sound");
    let lines: Vec<String> = wrong.iter().map(|f| format!("{}:{} {}", f.rule, f.line, f.message)).collect();
    assert!(lines.is_empty(), "{} examples are not as they say:\n{}", lines.len(), lines.join("\n"));
}
