//! Each of the five guides of the seeds to its end on the portal's faces that no other journey shows it: English with
//! today's labels, and another language with the labels before them.

use handrail_journeys::consent::as_the_guide_expects;
use serde_json::json;

use super::{begin, walk};

/// Follows the guide to its end as told, in this language and with these labels.
#[track_caller]
fn to_the_end(guide: &str, lang: &str, labels: &str) {
    let mut journey = begin(guide, json!({"lang": lang, "labels": labels}));
    let mut steps = 0;
    walk(&mut journey, |journey, step| {
        steps += 1;
        as_the_guide_expects(step, &journey.person, &journey.world).unwrap();
        false
    });
    assert!(steps > 4, "the guide was walked: {steps} steps");
}

#[test]
fn securus360_in_italian_with_older_labels() {
    to_the_end("securus360", "it", "old");
}

#[test]
fn pandora_in_english_with_todays_labels() {
    to_the_end("pandora-itsm", "en", "new");
}

#[test]
fn pandora_in_spanish_with_older_labels() {
    to_the_end("pandora-itsm", "es", "old");
}

#[test]
fn rapid7_in_english_with_todays_labels() {
    to_the_end("rapid7-insightidr", "en", "new");
}

#[test]
fn safetica_in_english_with_todays_labels() {
    to_the_end("safetica", "en", "new");
}

#[test]
fn safetica_in_portuguese_with_older_labels() {
    to_the_end("safetica", "pt-BR", "old");
}

#[test]
fn delegate365_in_chinese_with_older_labels() {
    to_the_end("delegate365", "zh-Hans", "old");
}
