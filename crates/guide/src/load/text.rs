//! Small readers of text: GUIDs, and which of several names another is most like.

/// The candidate most like a name: the longest common beginning and end decide, less what one is longer by.
pub fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> &'a str {
    let score = |candidate: &str| {
        let front =
            name.chars().zip(candidate.chars()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
        let back = name
            .chars()
            .rev()
            .zip(candidate.chars().rev())
            .take_while(|(a, b)| a.eq_ignore_ascii_case(b))
            .count();
        (front + back).saturating_sub(name.len().abs_diff(candidate.len()))
    };
    candidates.max_by_key(|candidate| score(candidate)).unwrap_or("")
}

/// Whether a text is a GUID in its usual form.
pub(crate) fn is_guid(text: &str) -> bool {
    let groups = text.split('-').collect::<Vec<_>>();
    groups.iter().map(|group| group.len()).eq([8, 4, 4, 4, 12])
        && groups.iter().all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}

/// Every GUID in a text.
pub(crate) fn guids(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '-').filter(|word| is_guid(word))
}
