//! Every guide in the folders compiles, and what must hold for every plan holds.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test stops at the first thing that is wrong"
)]

use std::path::Path;

use handrail_guide::load::compile_all;
use handrail_guide::plan::Plan;

fn plans() -> std::collections::BTreeMap<String, Plan> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    compile_all(&root).unwrap_or_else(|findings| {
        let all = findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        panic!("{all}")
    })
}

#[test]
fn every_guide_compiles_and_every_reference_in_its_plan_resolves() {
    for (id, plan) in plans() {
        assert_eq!(plan.guide, id);
        assert_eq!(plan.digest.len(), 64);
        for step in &plan.steps {
            assert_eq!(
                plan.steps.iter().filter(|s| s.id == step.id).count(),
                1,
                "{id}: step id {} twice",
                step.id
            );
            if let Some(target) = &step.target {
                assert!(plan.control(target).is_some(), "{id}: {} points at nothing", step.id);
            }
            for back in step.wrong.iter().filter_map(|turn| turn.back.as_ref()) {
                assert!(plan.step(back).is_some(), "{id}: {} leads back to {back}", step.id);
            }
            for value in &step.collects {
                assert!(plan.value(value).is_some(), "{id}: {} collects {value}", step.id);
            }
        }
        for (topic, step) in &plan.requirements.mend {
            assert!(plan.step(step).is_some(), "{id}: {topic} is mended by {step}");
        }
    }
}
