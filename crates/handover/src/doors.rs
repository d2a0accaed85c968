//! The vendor's way to its page: a one-time code that its command line made, and the hour that the code opens.
//!
//! Codes and sessions are known here by their digests alone, so that whoever reads what is stored gets in nowhere.

use subtle::ConstantTimeEq;

use crate::refusal::{self, Refusal};

/// Seconds for which a code counts: long enough to type it, too short to find it lying about.
const CODE_LIFE: i64 = 300;

/// Seconds for which a session counts.
const SESSION_LIFE: i64 = 3_600;

/// Codes and sessions of one vendor at a time; the oldest gives way.
const MAX_DOORS: usize = 16;

/// All codes that wait and all sessions that are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Doors(Vec<Door>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Door {
    /// Digest of the code, or of the session that it has become.
    digest: String,
    /// Whether it is a session.
    open: bool,
    /// When it ends.
    until: i64,
}

impl Doors {
    /// From [`Doors::to_text`]; a line of another form is no door.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let door = |line: &str| {
            let (kind, rest) = line.split_once(' ')?;
            let (until, digest) = rest.split_once(' ')?;
            Some(Door { digest: digest.to_owned(), open: kind == "session", until: until.parse().ok()? })
        };
        Self(text.lines().filter_map(door).collect())
    }

    /// One line for each: kind, end, digest.
    #[must_use]
    pub fn to_text(&self) -> String {
        let line = |door: &Door| {
            let kind = if door.open { "session" } else { "code" };
            [kind, " ", &door.until.to_string(), " ", &door.digest, "\n"].concat()
        };
        self.0.iter().map(line).collect()
    }

    /// A new code; when it ends.
    pub fn offer(&mut self, code: &str, now: i64) -> i64 {
        let until = now.saturating_add(CODE_LIFE);
        self.add(Door { digest: code.to_owned(), open: false, until }, now);
        until
    }

    /// Turns a code into a session; when that ends.
    ///
    /// # Errors
    /// When there is no such code, or it has ended or was used.
    pub fn sign_in(&mut self, code: &str, session: &str, now: i64) -> Result<i64, Refusal> {
        let at = self.find(code, false, now).ok_or(refusal::CODE_SPENT)?;
        self.0.remove(at);
        let until = now.saturating_add(SESSION_LIFE);
        self.add(Door { digest: session.to_owned(), open: true, until }, now);
        Ok(until)
    }

    /// When this session ends.
    ///
    /// # Errors
    /// When it has ended, or there is none.
    pub fn admits(&self, session: &str, now: i64) -> Result<i64, Refusal> {
        let at = self.find(session, true, now).ok_or(refusal::SESSION_OVER)?;
        self.0.get(at).map(|door| door.until).ok_or(refusal::SESSION_OVER)
    }

    /// Ends this session.
    pub fn sign_out(&mut self, session: &str, now: i64) {
        if let Some(at) = self.find(session, true, now) {
            self.0.remove(at);
        }
    }

    fn add(&mut self, door: Door, now: i64) {
        self.0.retain(|old| now < old.until);
        if self.0.len() >= MAX_DOORS {
            self.0.remove(0);
        }
        self.0.push(door);
    }

    /// All are compared, each in constant time.
    fn find(&self, digest: &str, open: bool, now: i64) -> Option<usize> {
        let mut found = None;
        for (at, door) in self.0.iter().enumerate() {
            let same = bool::from(door.digest.as_bytes().ct_eq(digest.as_bytes()));
            if same && door.open == open && now < door.until {
                found = Some(at);
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose;

    fn digest(text: &str) -> String {
        jose::digest(text.as_bytes())
    }

    #[test]
    fn a_code_opens_one_session_once_and_for_a_while() {
        let mut doors = Doors::default();
        assert_eq!(doors.offer(&digest("code"), 1_000), 1_300);
        assert_eq!(doors.sign_in(&digest("other"), &digest("s"), 1_001), Err(refusal::CODE_SPENT));
        assert_eq!(doors.admits(&digest("code"), 1_001), Err(refusal::SESSION_OVER), "a code is no session");
        assert_eq!(doors.sign_in(&digest("code"), &digest("s"), 1_299), Ok(4_899));
        assert_eq!(doors.sign_in(&digest("code"), &digest("t"), 1_299), Err(refusal::CODE_SPENT));
        assert_eq!(doors.sign_in(&digest("s"), &digest("t"), 1_299), Err(refusal::CODE_SPENT));
        assert_eq!(doors.admits(&digest("s"), 4_898), Ok(4_899));
        assert_eq!(doors.admits(&digest("s"), 4_899), Err(refusal::SESSION_OVER));
    }

    #[test]
    fn what_is_late_or_left_is_closed() {
        let mut doors = Doors::default();
        doors.offer(&digest("late"), 0);
        assert_eq!(doors.sign_in(&digest("late"), &digest("s"), 300), Err(refusal::CODE_SPENT));
        doors.offer(&digest("code"), 0);
        doors.sign_in(&digest("code"), &digest("s"), 1).unwrap();
        doors.sign_out(&digest("s"), 2);
        assert_eq!(doors.admits(&digest("s"), 2), Err(refusal::SESSION_OVER));
    }

    #[test]
    fn what_is_written_is_read() {
        let mut doors = Doors::default();
        doors.offer(&digest("waits"), 0);
        doors.offer(&digest("code"), 1);
        doors.sign_in(&digest("code"), &digest("s"), 2).unwrap();
        assert_eq!(Doors::parse(&doors.to_text()), doors);
        assert_eq!(Doors::parse("code x\nsession 1\n\nsession soon x"), Doors::default());
    }

    #[test]
    fn the_oldest_gives_way() {
        let mut doors = Doors::default();
        for n in 0..=MAX_DOORS {
            doors.offer(&digest(&n.to_string()), 0);
        }
        assert_eq!(doors.0.len(), MAX_DOORS);
        assert_eq!(doors.sign_in(&digest("0"), &digest("s"), 1), Err(refusal::CODE_SPENT));
        assert!(doors.sign_in(&digest("1"), &digest("s"), 1).is_ok());
    }
}
