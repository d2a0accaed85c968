//! What serde reads and writes, this reads and writes.

#![allow(clippy::unwrap_used, missing_docs, reason = "tests")]

use handrail_json::{FromJson, Malformed, ToJson, from_str, to_pretty, to_string};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use vecmap::{VecMap, VecSet};

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    #[default]
    Plain,
    NamedOne(String),
    Deep(Vec<Kind>),
    #[serde(rename_all = "camelCase")]
    Shaped {
        a_number: i64,
        #[serde(default)]
        r#gen: u32,
    },
    Nothing {},
    #[serde(other)]
    Other,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
struct Row(u32, #[serde(default)] String);

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
#[serde(rename_all = "kebab-case")]
struct All {
    the_text: String,
    number: u32,
    large: u64,
    below: i64,
    real: f64,
    yes: bool,
    absent: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    terse: Option<u8>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    empty: Vec<u8>,
    #[serde(default = "seven")]
    seven: u8,
    pairs: Vec<(String, u8)>,
    rows: Vec<Row>,
    boxed: Box<Three>,
    map: VecMap<String, Value>,
    by_number: VecMap<i32, Kind>,
    set: VecSet<String>,
    #[serde(default, skip_serializing_if = "VecSet::is_empty")]
    empty_set: VecSet<String>,
    kinds: Vec<Kind>,
    #[serde(skip)]
    kept_here: u8,
}

fn seven() -> u8 {
    7
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToJson, FromJson)]
#[serde(default)]
struct Three {
    a: u8,
    b: Kind,
    c: Vec<Three>,
}

#[derive(Serialize, ToJson)]
#[serde(tag = "k", rename_all = "kebab-case")]
enum Told {
    ShowThis(Box<Three>),
    Mark { state: &'static str },
    Clear,
}

const TEXT: &str = r#" {"the-text":"x \"y\" \\ \/ \b\f\n\r\t \u00e4\ud83d\ude00 é","number":7,"large":18446744073709551615,"below":-9,
    "real":-12.5e-1,"yes":true,"unknown":[{"a":[1,2,{}]},null,"x",-0.5,true,false],"pairs":[["a",1],["b",255]],
    "rows":[[1],[2,"two"]],"boxed":{"c":[{"a":1},{}]},"map":{"v":[1,{"w":null,"x":-3,"y":1.5}],"e":{}},
    "by-number":{"-4":"plain","7":{"named-one":"n"}},"set":["b","a"],
    "kinds":["plain",{"named-one":"n"},{"shaped":{"aNumber":-3}},{"nothing":{}},{"deep":[{"deep":[]},"plain"]},"other","newer"]} "#;

#[test]
fn what_serde_reads_is_read() {
    let read: All = from_str(TEXT).unwrap();
    assert_eq!(read, serde_json::from_str(TEXT).unwrap());
    assert_eq!((read.seven, read.large, read.kinds.last()), (7, u64::MAX, Some(&Kind::Other)));
}

#[test]
fn what_serde_writes_is_written() {
    let read: All = from_str(TEXT).unwrap();
    assert_eq!(to_string(&read), serde_json::to_string(&read).unwrap());
    assert_eq!(to_pretty(&read), serde_json::to_string_pretty(&read).unwrap());
    let low: String = ('\0'..='\u{7f}').collect();
    assert_eq!(to_string(&low), serde_json::to_string(&low).unwrap());
    assert_eq!(from_str(&to_string(&low)), Ok(low));
    for told in [Told::ShowThis(Box::default()), Told::Mark { state: "done" }, Told::Clear] {
        assert_eq!(to_string(&told), serde_json::to_string(&told).unwrap());
    }
}

#[test]
fn what_serde_refuses_is_refused() {
    for (from, to) in [
        ("\"x ", "7,\"x "),
        ("\"number\":7", "\"number\":-7"),
        ("\"number\":7", "\"number\":4294967296"),
        ("\"number\":7", "\"number\":7.0"),
        ("\"number\":7", "\"number\":-0"),
        ("\"number\":7", "\"number\":07"),
        ("\"number\":7", "\"number\":\"7\""),
        ("\"number\":7,", ""),
        ("\"number\":7", "\"number\":7,\"number\":7"),
        ("18446744073709551615", "18446744073709551616"),
        ("-12.5e-1", "-12.e-1"),
        ("-12.5e-1", "1e999"),
        ("true,", "tru,"),
        ("\\u00e4", "\\ud800"),
        ("\\u00e4", "\\x"),
        ("\\u00e4", "\u{1}"),
        ("[\"a\",1]", "[\"a\",1,2]"),
        ("[\"a\",1]", "[\"a\"]"),
        ("[\"a\",1]", "[\"a\",1,]"),
        ("[\"b\",255]", "[\"b\",256]"),
        ("[1]", "[]"),
        ("\"-4\"", "\"four\""),
        ("\"plain\"", "\"named-one\""),
        ("{\"named-one\":\"n\"}", "{\"named-one\":\"n\",\"plain\":null}"),
        ("{\"aNumber\":-3}", "{}"),
        ("{\"v\":[1,{\"w\":null,\"x\":-3,\"y\":1.5}],\"e\":{}}", "[]"),
        ("\"kinds\"", "kinds"),
        ("]} ", "]}}"),
        ("]} ", "]"),
    ] {
        let other = TEXT.replacen(from, to, 1);
        assert_ne!(other, TEXT, "{from}");
        assert!(serde_json::from_str::<All>(&other).is_err(), "{to}");
        assert_eq!(from_str::<All>(&other), Err(Malformed), "{to}");
    }
}

#[test]
fn a_list_is_no_object_though_serde_takes_it_for_one() {
    assert!(serde_json::from_str::<Three>("[]").is_ok());
    assert_eq!(from_str::<Three>("[]"), Err(Malformed));
    assert_eq!(from_str::<Value>("-0").ok(), serde_json::from_str("-0").ok());
}

#[test]
fn numbers_are_as_near_as_serde_s() {
    for text in
        ["0", "-0.0", "1.5", "1e3", "123456789.25", "1763853887123.456", "5e-3", "1e-400", "0.1", "1E+2"]
    {
        let (ours, theirs) = (from_str::<f64>(text).unwrap(), serde_json::from_str::<f64>(text).unwrap());
        assert!((ours - theirs).abs() <= theirs.abs() * f64::EPSILON, "{text}: {ours} {theirs}");
    }
    let long = from_str::<f64>("123456789012345678901234567890.5").unwrap();
    assert!((long / 1.234_567_890_123_456_8e29 - 1.0).abs() < 1e-12, "{long}");
    assert_eq!(to_string(&f64::NAN), "null");
}

#[test]
fn no_depth_ends_the_stack() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"deep\":[", "]}")] {
        let deep = |n: usize| open.repeat(n) + "1" + &close.repeat(n);
        assert_eq!(from_str::<Value>(&deep(60)).ok(), serde_json::from_str(&deep(60)).ok());
        assert_eq!(from_str::<Value>(&deep(100_000)), Err(Malformed));
        assert_eq!(from_str::<Kind>(&deep(100_000)), Err(Malformed));
        assert_eq!(from_str::<Three>(&format!("{{\"x\":{}}}", deep(100_000))), Err(Malformed));
    }
}
