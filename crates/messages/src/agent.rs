//! Messages between the background and the agent in a frame. Flat, because the agent reads them without serde.

use handrail_json::{FromJson, ToJson};

/// A press on the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum Act {
    /// The copy button was pressed.
    Copy,
    /// The text is on the clipboard.
    Copied,
    /// One step back, or back to the step that mends a wrong turn.
    Back,
    /// Go on without waiting for the page.
    Next,
    /// The admin says it is so.
    Done,
}

/// How the probe stood when the frame looked.
#[derive(Clone, PartialEq, Eq, FromJson, ToJson)]
pub struct Seen(
    /// Number of the probe.
    pub u32,
    /// 0 none, 1 one, 2 ambiguous, 3 there but hidden.
    pub u8,
    /// What was read.
    #[serde(default)]
    pub String,
    /// Which locator matched, as a decimal number.
    #[serde(default)]
    pub String,
);

impl std::fmt::Debug for Seen {
    /// Without the text, which may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seen({}, {})", self.0, self.1)
    }
}

/// What a frame reports. Reports only: nothing here makes the background reveal, check or send anything.
///
/// On the wire it is flat, with its name in `k`, as everything between background and agent; `background.js` puts the
/// name outside (`{"seen": {…}}`).
#[derive(Clone, Debug, PartialEq, FromJson, ToJson)]
#[serde(rename_all = "kebab-case")]
pub enum FromAgent {
    /// The frame is there.
    Hello {
        /// `wasm` or `lowered`.
        build: String,
        /// Whether this is the tab's own document.
        top: bool,
        /// Address of the document.
        url: String,
        /// Language of the document.
        #[serde(default)]
        lang: String,
        /// Generation of the last watch list it holds.
        #[serde(default)]
        r#gen: u32,
    },
    /// The document changed its address or language.
    Page {
        /// Address of the document.
        #[serde(default)]
        url: String,
        /// Language of the document.
        #[serde(default)]
        lang: String,
    },
    /// Whether the admin can see this frame.
    Shown {
        /// Really visible: nothing covers it.
        on: bool,
        /// At least within what the window shows.
        #[serde(default)]
        part: bool,
    },
    /// What changed.
    Seen {
        /// Generation of the watch list.
        #[serde(default)]
        r#gen: u32,
        /// The probes that changed.
        r: Vec<Seen>,
    },
    /// The admin used the ringed control.
    Used {
        /// Generation of the ring.
        #[serde(default)]
        r#gen: u32,
        /// Number of its step.
        #[serde(default)]
        n: u32,
        /// Number of the probe.
        probe: i32,
    },
    /// A press on the card.
    Card {
        /// Generation of the card.
        #[serde(default)]
        r#gen: u32,
        /// Number of its step.
        #[serde(default)]
        n: u32,
        /// Which button.
        act: Act,
    },
    /// The ring is drawn.
    Ringed {
        /// Generation of the ring.
        #[serde(default)]
        r#gen: u32,
        /// Number of the probe.
        probe: i32,
    },
    /// A modal dialog of the page makes the card dead, or no longer does.
    Inert {
        /// Generation of the card.
        #[serde(default)]
        r#gen: u32,
        /// Dead or alive.
        on: bool,
    },
    /// A fault of the agent: it takes itself off the page after this.
    Fell {},
    /// The ringed control went away.
    Lost {
        /// Generation of the ring.
        #[serde(default)]
        r#gen: u32,
        /// Number of the probe.
        probe: i32,
    },
}

/// One way to find an element: by, how, role, of, texts…
pub type Way = Vec<String>;

/// Number, what to read, number of the enclosing probe or −1, ways to find it.
#[derive(Clone, Debug, PartialEq, Eq, FromJson, ToJson)]
pub struct Probe(
    /// Number, the same for the whole run.
    pub u32,
    /// `nothing`, `text`, `value` or `checked`; `look` for role, name and the attributes its ways name.
    pub String,
    /// The probe it must be inside of, or −1. With 65536 added: inside of it if it is there, else anywhere.
    pub i32,
    /// Ways to find it, best first.
    pub Vec<Way>,
);

/// Ring and card.
#[derive(Clone, Debug, Default, PartialEq, Eq, FromJson, ToJson)]
pub struct Show {
    /// Generation; comes back with what the admin does.
    pub r#gen: u32,
    /// The probe to put the ring on; −1 for a card alone.
    pub probe: i32,
    /// Number of the step, from 1.
    pub n: u32,
    /// How many steps there are.
    pub total: u32,
    /// Title of the step.
    pub title: String,
    /// What to do.
    pub text: String,
    /// A remark below.
    pub note: String,
    /// `normal`, `wrong` or `warn`.
    pub tone: String,
    /// What goes on the clipboard; empty when nothing.
    pub copy: String,
    /// Buttons: act and label.
    pub buttons: Vec<(Act, String)>,
    /// The directory this run belongs to.
    pub dir: String,
    /// What the copy button says once it was pressed.
    pub copied: String,
    /// What the card's handle is good for.
    pub handle: String,
    /// The language of all these words.
    pub lang: String,
    /// Whether they run from right to left.
    #[serde(default)]
    pub rtl: bool,
}

/// What the background tells a frame.
#[derive(Clone, Debug, PartialEq, Eq, ToJson)]
#[serde(tag = "k", rename_all = "kebab-case")]
pub enum ToAgent {
    /// Look for these.
    Watch {
        /// Generation of the list.
        r#gen: u32,
        /// Language the texts were chosen for.
        lang: String,
        /// What to look for.
        probes: Vec<Probe>,
    },
    /// Draw.
    Show(Box<Show>),
    /// No ring, no card; keep watching.
    Clear,
    /// Leave without trace.
    Bye,
}

/// What a document says of a frame in it.
#[derive(Clone, Debug, PartialEq, Eq, FromJson)]
pub struct Inner(
    /// The browser's number of the frame.
    pub i64,
    /// Nothing covers all of it.
    pub bool,
    /// It is drawn, and at least a part of it is within what the window shows.
    pub bool,
);

/// What is said in a frame without a connection.
#[derive(Clone, Debug, PartialEq, Eq, FromJson)]
#[serde(rename_all = "kebab-case")]
pub enum FromLoader {
    /// The frame wants its agent; `wasm` says which build can run there.
    Boot {
        /// Whether the frame's policy lets WASM compile.
        wasm: bool,
    },
    /// What the document sees of the frames in it; only where frames cannot tell themselves.
    Frames {
        /// All of them.
        r: Vec<Inner>,
    },
}

#[cfg(test)]
mod tests {
    use handrail_json::{from_str, to_string};

    use super::*;

    #[test]
    fn what_a_frame_read_is_never_printed() {
        let seen = FromAgent::Seen { r#gen: 1, r: vec![Seen(1, 1, "canary-4711".into(), "0".into())] };
        assert!(!format!("{seen:?}").contains("canary"), "{seen:?}");
    }

    #[test]
    fn the_wire_is_flat() {
        let show = ToAgent::Show(Box::new(Show {
            r#gen: 2,
            probe: 7,
            buttons: vec![(Act::Next, "Next".into())],
            ..Show::default()
        }));
        let json = to_string(&show);
        assert!(json.starts_with(r#"{"k":"show","gen":2,"probe":7"#), "{json}");
        assert!(json.contains(r#""buttons":[["next","Next"]]"#), "{json}");
        let watch = ToAgent::Watch {
            r#gen: 1,
            lang: "en".into(),
            probes: vec![Probe(
                3,
                "text".into(),
                -1,
                vec![vec!["role".into(), "exact".into(), "button".into(), String::new(), "OK".into()]],
            )],
        };
        assert_eq!(
            to_string(&watch),
            r#"{"k":"watch","gen":1,"lang":"en","probes":[[3,"text",-1,[["role","exact","button","","OK"]]]]}"#
        );
    }

    #[test]
    fn reports_are_read() {
        let seen: FromAgent = from_str(r#"{"seen":{"gen":4,"r":[[1,1,"x","0"],[2,0,"",""]]}}"#).unwrap();
        assert_eq!(
            seen,
            FromAgent::Seen {
                r#gen: 4,
                r: vec![Seen(1, 1, "x".into(), "0".into()), Seen(2, 0, String::new(), String::new())]
            }
        );
        let hello: FromAgent = from_str(
            r#"{"hello":{"build":"wasm","top":true,"url":"https://portal.azure.com/","lang":"en"}}"#,
        )
        .unwrap();
        assert!(matches!(hello, FromAgent::Hello { top: true, r#gen: 0, .. }));
    }

    #[test]
    fn what_a_document_says_of_its_frames_is_read() {
        let told: FromLoader =
            from_str(r#"{"frames":{"r":[[4294967299,true,true],[7,false,false]]}}"#).unwrap();
        let list = vec![Inner(4_294_967_299, true, true), Inner(7, false, false)];
        assert_eq!(told, FromLoader::Frames { r: list });
    }

    #[test]
    fn what_an_agent_may_not_say_is_not_in_the_type() {
        for forged in [
            r#"{"reveal":{"value":"client-secret"}}"#,
            r#""check""#,
            r#"{"check":{}}"#,
            r#"{"paste":{"value":"x","text":"y"}}"#,
        ] {
            assert!(from_str::<FromAgent>(forged).is_err());
        }
    }
}
