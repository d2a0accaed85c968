//! The JSON Schemas beside the guides are those of the model. Rewritten only when asked for:
//! `HANDRAIL_UPDATE_GOLDEN=1 cargo test -p handrail-guide --test schemas`.

#![allow(clippy::unwrap_used, reason = "a test stops at the first thing that is wrong")]

use std::path::Path;

use handrail_guide::load::schemas;

#[test]
fn the_schemas_are_those_of_the_model() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas");
    for (name, text) in schemas() {
        let path = folder.join(name);
        if std::env::var_os("HANDRAIL_UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &text).unwrap();
        }
        let found = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            found == text,
            "schemas/{name} is stale: HANDRAIL_UPDATE_GOLDEN=1 cargo test -p handrail-guide --test schemas"
        );
    }
}
