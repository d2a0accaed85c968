//! What of a plan is for people to read.

/// The fields of a plan that hold sentences for people, which are said in every language.
pub const FOR_PEOPLE: [&str; 15] = [
    "caution",
    "changes",
    "consequence",
    "group",
    "hint",
    "how",
    "needed-for",
    "not-checked",
    "purpose",
    "said",
    "text",
    "title",
    "today",
    "undo",
    "why",
];
