//! How long a fresh change may take before "not yet" becomes "no". Without a recorded moment nothing is pending.

use jiff::Timestamp;

/// Seconds after a new secret at which it is tried again; after the last one it is wrong. Measured by others: 4 to
/// 18 s until accepted (microsoft-graph-docs#17966).
const SECRET_TRIES: &[i64] = &[5, 15, 30, SECRET_LIMIT];
/// Three times the longest that was measured.
const SECRET_LIMIT: i64 = 60;

/// "Expired" is said of a new secret only while a server still knows nothing but the app's older ones
/// (active-directory-dotnetcore-daemon-v2#87); most often the pasted one has expired, so it is doubted for a short time.
const EXPIRED_LIMIT: i64 = 15;

/// Consent shows in tokens after seconds to three minutes (graph-docs#4765, azure-docs#84585); ten is generous.
const CONSENT_LIMIT: i64 = 600;

/// A token with some of the permissions proves that a consent arrived; the rest follows within this or not at all.
const PARTIAL_LIMIT: i64 = 60;

/// A new app is unknown for seconds (vault-plugin-secrets-azure#26), rarely up to two minutes.
const APP_LIMIT: i64 = 120;

/// Seconds between tries while waiting for consent or an app.
const PAUSES: &[(i64, u32)] = &[(30, 5), (120, 15)];

/// A change that was made a moment ago.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fresh {
    Secret,
    ExpiredSecret,
    Consent,
    PartialConsent,
    App,
}

/// Seconds to wait before the next try, while the change is fresh enough; `None` when it no longer is.
///
/// A moment in the future (a clock that runs ahead) counts as just now, but only within the limit.
pub(crate) fn wait(change: Fresh, changed: Option<Timestamp>, now: Timestamp) -> Option<u32> {
    let age = now.as_second().checked_sub(changed?.as_second())?;
    let limit = match change {
        Fresh::Secret => SECRET_LIMIT,
        Fresh::ExpiredSecret => EXPIRED_LIMIT,
        Fresh::Consent => CONSENT_LIMIT,
        Fresh::PartialConsent => PARTIAL_LIMIT,
        Fresh::App => APP_LIMIT,
    };
    if age >= limit || age < -limit {
        return None;
    }
    let age = age.max(0);
    if matches!(change, Fresh::Secret | Fresh::ExpiredSecret) {
        return SECRET_TRIES.iter().find(|t| **t > age).and_then(|t| u32::try_from(t - age).ok());
    }
    Some(PAUSES.iter().find(|(until, _)| age < *until).map_or(30, |(_, pause)| *pause))
}

#[cfg(test)]
mod tests {
    use super::{Fresh, wait};
    use jiff::Timestamp;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_900_000_000 + second).unwrap()
    }

    #[test]
    fn a_secret_is_tried_at_5_15_30_and_60_seconds() {
        for (age, want) in [(0, 5), (4, 1), (5, 10), (14, 1), (15, 15), (29, 1), (30, 30), (59, 1)] {
            assert_eq!(wait(Fresh::Secret, Some(at(0)), at(age)), Some(want), "age {age}");
        }
        for age in [60, 61, 100_000] {
            assert_eq!(wait(Fresh::Secret, Some(at(0)), at(age)), None, "age {age}");
        }
    }

    #[test]
    fn an_expired_one_is_doubted_for_fifteen_seconds() {
        for (age, want) in [(0, Some(5)), (5, Some(10)), (14, Some(1)), (15, None)] {
            assert_eq!(wait(Fresh::ExpiredSecret, Some(at(0)), at(age)), want, "age {age}");
        }
    }

    #[test]
    fn consent_has_ten_minutes() {
        for (age, want) in [(0, Some(5)), (30, Some(15)), (120, Some(30)), (599, Some(30)), (600, None)] {
            assert_eq!(wait(Fresh::Consent, Some(at(0)), at(age)), want, "age {age}");
        }
    }

    #[test]
    fn nothing_is_pending_without_a_recorded_moment() {
        assert_eq!(wait(Fresh::Consent, None, at(0)), None);
        assert_eq!(wait(Fresh::App, Some(at(50)), at(0)), Some(5));
        assert_eq!(wait(Fresh::App, Some(at(500)), at(0)), None);
    }
}
