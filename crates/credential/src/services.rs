//! Keys of other services, known by how they begin or by a mark inside. What their makers and public scanners document;
//! beyond the few that `shape` always knows, only where the size of the program allows it (feature `services`).

/// How keys begin, and how many characters they have at least.
const STARTS: &[(&str, usize)] = &[
    ("A3T", 20),
    ("ABIA", 20),
    ("ACCA", 20),
    ("ATATT3", 60),
    ("ATBB", 32),
    ("ATCTT3", 60),
    ("AKCp", 64),
    ("AQVN", 38),
    ("CCIPAT_", 40),
    ("CFPAT-", 40),
    ("CLOJARS_", 40),
    ("EAAC", 40),
    ("EAAA", 60),
    ("EZAK", 50),
    ("EZTK", 50),
    ("FLWPUBK", 24),
    ("FLWSECK", 24),
    ("GOCSPX-", 30),
    ("GR1348941", 25),
    ("HRKU-", 30),
    ("KEY01", 40),
    ("LTAI", 20),
    ("NRAA-", 30),
    ("NRAK-", 28),
    ("NRBR-", 20),
    ("NRII-", 28),
    ("NRIQ-", 28),
    ("PMAK-", 40),
    ("aio_", 28),
    ("bkua_", 30),
    ("ciotgp", 30),
    ("dapi", 32),
    ("dckr_", 30),
    ("doo_v1_", 60),
    ("dor_v1_", 60),
    ("dp.audit.", 40),
    ("dp.ct.", 40),
    ("dp.pt.", 40),
    ("dp.sa.", 40),
    ("dp.scim.", 40),
    ("dp.st.", 40),
    ("dt0c01.", 60),
    ("dt0s01.", 60),
    ("duffel_", 40),
    ("eyJrIjoi", 60),
    ("figd_", 40),
    ("fio-u-", 60),
    ("fm1_", 60),
    ("fm2_", 60),
    ("fo1_", 40),
    ("ghr_", 36),
    ("ghu_", 36),
    ("glc_", 32),
    ("glsa_", 40),
    ("glcbt-", 20),
    ("gldt-", 20),
    ("glptt-", 40),
    ("glrt-", 20),
    ("gsk_", 50),
    ("hawk.", 40),
    ("hf_", 34),
    ("hvb.", 40),
    ("hvr.", 40),
    ("key-", 36),
    ("lin_api_", 40),
    ("lin_oauth_", 40),
    ("nfp_", 36),
    ("ntn_", 40),
    ("nvapi-", 60),
    ("ops_eyJ", 100),
    ("oy2", 46),
    ("phc_", 40),
    ("phx_", 40),
    ("pk.eyJ", 60),
    ("pk_live_", 24),
    ("pk_test_", 24),
    ("pnu_", 40),
    ("pplx-", 40),
    ("pscale_", 40),
    ("pul-", 40),
    ("px-api-", 40),
    ("px-dep-", 40),
    ("pypi-", 50),
    ("r8_", 40),
    ("rdme_", 60),
    ("rk_live_", 24),
    ("rk_test_", 24),
    ("rubygems_", 48),
    ("rzp_", 22),
    ("sbp_", 40),
    ("scp-live-", 36),
    ("secret_", 45),
    ("sgp_", 40),
    ("sha256~", 43),
    ("shippo_", 45),
    ("shpca_", 36),
    ("shppa_", 36),
    ("shpss_", 36),
    ("sk.eyJ", 60),
    ("sl.", 60),
    ("sk_", 26),
    ("slk_", 60),
    ("sntrys_", 60),
    ("sntryu_", 60),
    ("sq0", 25),
    ("sqp_", 40),
    ("squ_", 40),
    ("tfp_", 40),
    ("thog-", 24),
    ("tk.eyJ", 60),
    ("tkn.v1_", 60),
    ("tskey-", 20),
    ("whsec_", 32),
    ("xapp-", 24),
    ("xai-", 60),
    ("xkeysib-", 64),
    ("xoxa-", 24),
    ("xoxe", 40),
    ("xoxo-", 24),
    ("xoxr-", 24),
    ("xoxs-", 24),
    ("ya29.", 40),
];

/// Marks inside the keys that Azure's services make up (`microsoft/security-utilities`), and where each begins.
const INSIDE: &[(&str, usize, usize)] = &[
    ("+ASt", 88, 76),
    ("ACDb", 88, 76),
    ("+ABa", 88, 76),
    ("+AMC", 88, 76),
    ("APIM", 88, 76),
    ("AzFu", 56, 44),
    ("AzSe", 52, 42),
    ("+ACR", 52, 42),
    ("AzCa", 44, 33),
    ("AIoT", 44, 33),
    ("+ASb", 44, 33),
    ("+AEh", 44, 33),
    ("+ARm", 44, 33),
    ("AZEG", 44, 33),
];

/// The mark of keys that Azure makes since 2024 for most of its services, where it begins, and how long such keys are.
/// Azure DevOps has a mark of its own behind it and a name of its own here.
const COMMON: (&str, usize, std::ops::RangeInclusive<usize>) = ("JQQJ9", 52, 84..=88);
const DEVOPS: (&str, usize) = ("AZDO", 76);

/// Letters and digits in a row that a key has at least, where its maker is not listed: behind `name_`, and behind `name-`
/// or two letters.
const LEAST: (usize, usize) = (16, 24);

/// Whether the text is a key of another service.
pub(crate) fn is_listed(text: &str) -> bool {
    let at = |mark: &str, place: usize| text.get(place..).is_some_and(|rest| rest.starts_with(mark));
    STARTS.iter().any(|(start, least)| text.starts_with(start) && text.len() >= *least)
        || INSIDE.iter().any(|(mark, length, place)| text.len() == *length && at(mark, *place))
        || (COMMON.2.contains(&text.len()) && at(COMMON.0, COMMON.1) && !at(DEVOPS.0, DEVOPS.1))
        || (text.len() == 40 && text.ends_with("NRAL"))
        || text.contains(".atlasv1.")
        || text.contains(".azconfig.io;")
        || is_hex_with_letters(text)
        || is_bot(text)
        || is_named(text)
}

/// Two letters of the maker's or a data centre's, and 32 hexadecimal digits.
fn is_hex_with_letters(text: &str) -> bool {
    let is_hex =
        |t: &str| t.len() == 32 && t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    ["SK", "AC"].iter().any(|start| text.strip_prefix(start).is_some_and(is_hex))
        || text.rsplit_once("-us").is_some_and(|(key, place)| is_hex(key) && place.parse::<u8>().is_ok())
}

/// A number, a colon and 34 or 35 characters: a bot of a messenger.
fn is_bot(text: &str) -> bool {
    text.split_once(':').is_some_and(|(number, key)| {
        (8..=10).contains(&number.len())
            && number.bytes().all(|b| b.is_ascii_digit())
            && (34..=35).contains(&key.len())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
    })
}

/// How most makers write keys today: a name in small letters, `_` or `-`, then letters and digits without end.
fn is_named(text: &str) -> bool {
    let is_name = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-'))
    };
    let is_key = |key: &str, least: usize| {
        let digits = key.bytes().filter(u8::is_ascii_digit).count();
        key.len() >= least
            && key.bytes().all(|b| b.is_ascii_alphanumeric())
            && (2..key.len()).contains(&digits)
    };
    let ends = text
        .rsplit_once('-')
        .is_some_and(|(name, key)| (2..=16).contains(&name.len()) && is_name(name) && is_key(key, LEAST.1));
    let begins = text.split_once('_').is_some_and(|(name, rest)| {
        let least = if name.len() < 3 { LEAST.1 } else { LEAST.0 };
        (2..=12).contains(&name.len())
            && is_name(name)
            && rest.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
            && rest.split(['_', '-']).any(|key| is_key(key, least))
    });
    ends || begins
}

#[cfg(test)]
mod tests {
    use super::is_listed;

    #[test]
    fn keys_of_other_services_are_told() {
        let run = "aB3d".repeat(30);
        let cut = |n: usize| run.get(..n).unwrap_or_default();
        for text in [
            format!("hf_{}", cut(34)),
            format!("brandnew_live_{}", cut(32)),
            format!("newmaker-{}", cut(32)),
            format!("{}+ASt{}==", cut(76), cut(6)),
            format!("{}AIoT{}=", cut(33), cut(6)),
            format!("{}AzSe{}", cut(42), cut(6)),
            format!("{}JQQJ99{}", cut(52), cut(26)),
            format!("Endpoint=https://a.azconfig.io;Id=b;Secret={}=", cut(43)),
            format!("1234567890:{}", cut(35)),
            format!("1234567890:{}", cut(34)),
            format!("{}NRAL", cut(36)),
            format!("SK{}", "0a1b".repeat(8)),
            format!("{}-us12", "0a1b".repeat(8)),
        ] {
            assert!(is_listed(&text), "{text}");
        }
        for text in [
            format!("{}JQQJ99{}AZDO{}", cut(52), cut(18), cut(4)),
            format!("{}=", cut(43)),
            format!("{}_{}~", cut(20), cut(12)),
            "my_secret_of_the_application_2024".to_owned(),
            "0f8fad5b-d9cb-469f-a165-70867728950e".to_owned(),
        ] {
            assert!(!is_listed(&text), "{text}");
        }
    }
}
