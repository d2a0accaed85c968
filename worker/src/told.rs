//! What the operator tells this Worker by variables that every check asks for: read once in the life of an instance, in
//! which they do not change.

use std::cell::OnceCell;

use worker::Env;

thread_local! {
    static ANONYMOUS_CHECKS: OnceCell<Option<String>> = const { OnceCell::new() };
    static CHECKS_PER_MINUTE: OnceCell<Option<u32>> = const { OnceCell::new() };
}

/// What is said about checks without a link.
pub(crate) fn anonymous_checks<T>(env: &Env, of: impl FnOnce(Option<&str>) -> T) -> T {
    let read = || env.var("ANONYMOUS_CHECKS").ok().map(|told| told.to_string());
    ANONYMOUS_CHECKS.with(|told| of(told.get_or_init(read).as_deref()))
}

/// How many checks a minute may come from one address.
pub(crate) fn checks_per_minute(env: &Env) -> Option<u32> {
    let read = || env.var("CHECKS_PER_MINUTE").ok().and_then(|told| told.to_string().parse().ok());
    CHECKS_PER_MINUTE.with(|told| *told.get_or_init(read))
}
