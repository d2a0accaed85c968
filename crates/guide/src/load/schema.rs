//! JSON Schemas of the files, so that editors complete and check them while they are written.

use schemars::{JsonSchema, schema_for};

use crate::health::HealthFile;

use super::model::{GuideFile, PageFile, RecipeFile, ResourceFile, SeedFile, TrapFile};

/// Every kind of file with its schema, by the name of the schema's file.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    vec![
        ("guide.schema.json", text::<GuideFile>()),
        ("recipe.schema.json", text::<RecipeFile>()),
        ("portal.schema.json", text::<PageFile>()),
        ("permissions.schema.json", text::<ResourceFile>()),
        ("seed.schema.json", text::<SeedFile>()),
        ("traps.schema.json", text::<TrapFile>()),
        ("guide-health.schema.json", text::<HealthFile>()),
    ]
}

fn text<T: JsonSchema>() -> String {
    serde_json::to_string_pretty(&schema_for!(T)).unwrap_or_default() + "\n"
}
