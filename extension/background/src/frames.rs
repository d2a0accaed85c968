//! What the frames of a tab report, and what that says about a control.
//!
//! Only frames the admin can see count: the portal keeps hidden copies of blades that look the same.

use vecmap::{VecMap, VecSet};

use handrail_messages::agent::{Inner, Probe, Seen};

/// A connected frame.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frame {
    pub(crate) top: bool,
    /// The browser's number of it.
    pub(crate) number: i64,
    pub(crate) lang: String,
    /// Which build of the agent looks here.
    pub(crate) build: String,
    /// Whether the admin can see it; unknown until it says so.
    pub(crate) shown: Option<bool>,
    /// What it was asked to watch, and in which generation.
    pub(crate) watched: Vec<Probe>,
    pub(crate) watch_gen: u32,
    /// Generation of the list it came with: sent by a service worker that has stopped since.
    pub(crate) holds: u32,
    /// Generation it has answered completely.
    answered: u32,
    seen: VecMap<u32, Seen>,
}

impl Frame {
    /// A frame that just said hello. The tab's own document is visible; the others will say.
    pub(crate) fn hello(top: bool, lang: String, holds: u32) -> Self {
        Self { top, lang, holds, shown: top.then_some(true), ..Self::default() }
    }

    /// The same frame, with the build of the agent that looks there.
    pub(crate) fn built(self, build: String) -> Self {
        Self { build, ..self }
    }

    /// Takes what the frame says about being visible. The tab's own document always is. A frame that is on the
    /// screen but covered is doubtful, unless what covers it is our own ring and card.
    pub(crate) fn visibility(&mut self, on: bool, part: bool, ringed: bool) {
        if self.top || (ringed && part) {
            return;
        }
        self.shown = if on { Some(true) } else { (!part).then_some(false) };
    }

    /// Takes a report. The first one of a generation is complete: what it does not name is not there.
    pub(crate) fn report(&mut self, generation: u32, list: Vec<Seen>) {
        if generation != self.answered {
            self.seen.clear();
            self.answered = generation;
        }
        for seen in list {
            self.seen.insert(seen.0, seen);
        }
    }

    /// How a probe stands here; nothing while it is not known.
    fn status(&self, number: u32) -> Option<&Seen> {
        static NOT_THERE: Seen = Seen(0, 0, String::new(), String::new());
        if let Some(seen) = self.seen.get(&number) {
            return Some(seen);
        }
        let asked = self.answered > 0 && self.watched.iter().any(|p| p.0 == number);
        (asked && self.answered == self.watch_gen).then_some(&NOT_THERE)
    }
}

/// What is known about a control over all frames.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Sighting {
    /// Not all frames have answered.
    Unknown,
    /// Nowhere.
    Nowhere,
    /// There, but hidden.
    Hidden,
    /// Once, in this frame.
    Once { port: u32, text: String, locator: Option<u32> },
    /// More than once.
    Several,
}

impl std::fmt::Debug for Sighting {
    /// Without the text, which may be a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unknown => "Unknown",
            Self::Nowhere => "Nowhere",
            Self::Hidden => "Hidden",
            Self::Once { .. } => "Once",
            Self::Several => "Several",
        })
    }
}

/// Frames are never nested deeper; it also ends a circle that somebody may claim.
const DEEPEST: usize = 16;

/// The frames of one tab, by connection.
#[derive(Clone, Debug, Default)]
pub(crate) struct Frames {
    list: VecMap<u32, Frame>,
    /// In which frame each is, by the browser's number, and what that one's document says of it.
    inner: Vec<(i64, Inner)>,
}

impl Frames {
    pub(crate) fn insert(&mut self, port: u32, frame: Frame) {
        self.list.insert(port, frame);
    }

    /// Takes what the document of the frame with this number says of all frames in it.
    pub(crate) fn within(&mut self, outer: i64, all: Vec<Inner>) {
        self.inner.retain(|(_, known)| all.iter().all(|inner| inner.0 != known.0));
        self.inner.extend(all.into_iter().map(|inner| (outer, inner)));
    }

    /// Whether the admin can see this frame: what it says itself, less what the documents around it
    /// know better.
    fn shown(&self, frame: &Frame) -> Option<bool> {
        let (mut shown, mut number) = (frame.shown, frame.number);
        for _ in 0..DEEPEST {
            let known = self.inner.iter().find(|(_, inner)| inner.0 == number);
            let Some((outer, Inner(_, on, part))) = known else { break };
            shown = if *on || shown == Some(false) { shown } else { (!part).then_some(false) };
            number = *outer;
        }
        shown
    }

    pub(crate) fn remove(&mut self, port: u32) -> bool {
        self.list.remove(&port).is_some()
    }

    pub(crate) fn frame(&mut self, port: u32) -> Option<&mut Frame> {
        self.list.get_mut(&port)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = (u32, &Frame)> {
        self.list.iter().map(|(p, f)| (*p, f))
    }

    pub(crate) fn ports(&self) -> Vec<u32> {
        self.list.keys().copied().collect()
    }

    pub(crate) fn top(&self) -> Option<(u32, &Frame)> {
        self.all().find(|(_, f)| f.top)
    }

    /// What was read from a probe in the tab's own document.
    pub(crate) fn top_text(&self, number: u32) -> Option<String> {
        match self.top()?.1.status(number)? {
            Seen(_, 1, text, _) => Some(text.clone()),
            _ => None,
        }
    }

    /// Frames that count: visible ones, and those that have not said.
    fn visible(&self) -> impl Iterator<Item = (u32, &Frame)> {
        self.all().filter(|(_, f)| self.shown(f) != Some(false))
    }

    /// How a probe stands over all frames that count.
    pub(crate) fn look(&self, number: u32) -> Sighting {
        self.look_in(number, &|_| true)
    }

    /// How a probe stands over those of the frames that count.
    pub(crate) fn look_in(&self, number: u32, counts: &dyn Fn(u32) -> bool) -> Sighting {
        let mut once: Vec<(u32, &Frame, &Seen)> = Vec::new();
        let (mut several, mut hidden, mut unknown, mut any) = (false, false, false, false);
        for (port, frame) in self.visible().filter(|(port, _)| counts(*port)) {
            any = true;
            match frame.status(number) {
                Some(seen @ Seen(_, 1, ..)) => once.push((port, frame, seen)),
                Some(Seen(_, 2, ..)) => several = true,
                Some(Seen(_, 3, ..)) => hidden = true,
                Some(_) => {}
                None => unknown = true,
            }
        }
        let surely = |(_, f, _): &(u32, &Frame, &Seen)| self.shown(f) == Some(true);
        if once.len() > 1 && once.iter().filter(|o| surely(o)).count() == 1 {
            once.retain(|o| surely(o));
        }
        match (once.as_slice(), several) {
            ([(port, _, seen)], false) => {
                Sighting::Once { port: *port, text: seen.2.clone(), locator: seen.3.parse().ok() }
            }
            ([], false) if unknown || !any => Sighting::Unknown,
            ([], false) if hidden => Sighting::Hidden,
            ([], false) => Sighting::Nowhere,
            _ => Sighting::Several,
        }
    }

    /// Whether no other frame has more of these than the one with this connection, seen or hidden: what belongs together
    /// is in one frame.
    pub(crate) fn has_most(&self, port: u32, numbers: &[u32]) -> bool {
        let of = |frame: &Frame| {
            let there = |n: &&u32| frame.status(**n).is_some_and(|seen| seen.1 > 0);
            numbers.iter().filter(there).count()
        };
        let own = self.list.get(&port).map_or(0, of);
        self.visible().all(|(_, frame)| of(frame) <= own)
    }

    /// Whether this is there once in another frame and not in the one with this connection.
    pub(crate) fn is_only_elsewhere(&self, port: u32, number: u32) -> bool {
        let is_once = |frame: &Frame| frame.status(number).is_some_and(|seen| seen.1 == 1);
        !self.has(port, number) && self.visible().any(|(_, frame)| is_once(frame))
    }

    /// Whether the frame with this connection has it: once, several times or hidden.
    pub(crate) fn has(&self, port: u32, number: u32) -> bool {
        let seen = self.list.get(&port).and_then(|frame| frame.status(number));
        seen.is_some_and(|seen| seen.1 > 0)
    }

    /// Whether a frame inside the tab's document is really on the screen: it holds the page then.
    pub(crate) fn is_framed(&self) -> bool {
        self.all().any(|(_, frame)| !frame.top && self.shown(frame) == Some(true))
    }

    /// Numbers seen at least once in a frame that counts, of those asked for.
    pub(crate) fn present(&self, numbers: impl Iterator<Item = u32>) -> VecSet<u32> {
        numbers.filter(|n| matches!(self.look(*n), Sighting::Once { .. } | Sighting::Several)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(number: u32, status: u8, text: &str) -> Seen {
        Seen(number, status, text.into(), "0".into())
    }

    fn frame(shown: Option<bool>, reports: Vec<Seen>) -> Frame {
        let watched = (0..5).map(|n| Probe(n, "text".into(), -1, Vec::new())).collect();
        let mut frame = Frame { shown, watched, watch_gen: 1, ..Frame::default() };
        frame.report(1, reports);
        frame
    }

    fn frames(list: Vec<Frame>) -> Frames {
        let mut frames = Frames::default();
        for (n, f) in list.into_iter().enumerate() {
            frames.insert(u32::try_from(n).unwrap(), f);
        }
        frames
    }

    #[test]
    fn what_was_read_is_never_printed() {
        let f = frames(vec![frame(Some(true), vec![seen(1, 1, "canary-4711")])]);
        assert!(matches!(f.look(1), Sighting::Once { text, .. } if text == "canary-4711"));
        assert!(!format!("{:?} {f:?}", f.look(1)).contains("canary"));
    }

    #[test]
    fn a_hidden_copy_does_not_count() {
        let f =
            frames(vec![frame(Some(true), vec![seen(1, 1, "a")]), frame(Some(false), vec![seen(1, 1, "a")])]);
        assert!(matches!(f.look(1), Sighting::Once { port: 0, .. }));
    }

    #[test]
    fn two_visible_matches_are_several() {
        let f =
            frames(vec![frame(Some(true), vec![seen(1, 1, "a")]), frame(Some(true), vec![seen(1, 1, "a")])]);
        assert_eq!(f.look(1), Sighting::Several);
        let f = frames(vec![frame(Some(true), vec![seen(1, 2, "")])]);
        assert_eq!(f.look(1), Sighting::Several);
    }

    #[test]
    fn a_frame_known_to_be_visible_beats_one_that_has_not_said() {
        let f = frames(vec![frame(None, vec![seen(1, 1, "")]), frame(Some(true), vec![seen(1, 1, "")])]);
        assert!(matches!(f.look(1), Sighting::Once { port: 1, .. }));
        let f = frames(vec![frame(None, vec![seen(1, 1, "")]), frame(None, vec![seen(1, 1, "")])]);
        assert_eq!(f.look(1), Sighting::Several);
    }

    #[test]
    fn a_covered_frame_is_doubtful_and_the_tab_itself_never_is() {
        let mut child = Frame::hello(false, String::new(), 0);
        child.visibility(true, true, false);
        assert_eq!(child.shown, Some(true));
        child.visibility(false, true, true);
        assert_eq!(child.shown, Some(true));
        child.visibility(false, true, false);
        assert_eq!(child.shown, None);
        child.visibility(false, false, false);
        assert_eq!(child.shown, Some(false));
        let mut top = Frame::hello(true, String::new(), 0);
        top.visibility(false, false, false);
        assert_eq!(top.shown, Some(true));
    }

    #[test]
    fn what_the_documents_around_a_frame_see_of_it_counts() {
        let both = |number| Frame { number, ..frame(Some(true), vec![seen(1, 1, "")]) };
        let mut f = frames(vec![both(10), both(11)]);
        let is_ringed_in = |f: &Frames, n: u32| matches!(f.look(1), Sighting::Once { port, .. } if port == n);
        f.within(0, vec![Inner(10, true, true), Inner(11, false, false)]);
        assert!(is_ringed_in(&f, 0), "the other is not drawn");
        f.within(0, vec![Inner(10, false, true), Inner(11, true, true)]);
        assert!(is_ringed_in(&f, 1), "the other is covered");
        f.within(0, vec![Inner(10, true, true), Inner(11, true, true)]);
        assert_eq!(f.look(1), Sighting::Several);
        f.within(0, vec![Inner(5, false, false)]);
        f.within(5, vec![Inner(10, true, true)]);
        assert!(is_ringed_in(&f, 1), "what the other is in is not drawn");
        f.within(5, vec![Inner(11, true, true), Inner(5, true, true)]);
        assert_eq!(f.look(1), Sighting::Several, "a frame that says it is in itself ends nowhere");
    }

    #[test]
    fn what_was_not_answered_is_unknown_and_what_was_not_named_is_nowhere() {
        let mut waiting = frame(Some(true), Vec::new());
        waiting.watch_gen = 2;
        assert_eq!(frames(vec![waiting]).look(1), Sighting::Unknown);
        assert_eq!(frames(vec![frame(Some(true), Vec::new())]).look(1), Sighting::Nowhere);
        assert_eq!(Frames::default().look(1), Sighting::Unknown);
    }

    #[test]
    fn the_first_report_of_a_generation_is_complete() {
        let mut f = frame(Some(true), vec![seen(1, 1, "a")]);
        f.watch_gen = 2;
        f.report(2, vec![seen(2, 1, "b")]);
        let f = frames(vec![f]);
        assert_eq!(f.look(1), Sighting::Nowhere);
        assert!(matches!(f.look(2), Sighting::Once { .. }));
    }
}
