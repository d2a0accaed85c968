//! `GET /api/guides`: the guides this Worker can check, with what a check of each needs. What they say to people is in the
//! language of who asks.

use worker::{Env, Request, Response, Result};

use crate::answer::{self, refuse, spoken_json};
use crate::spoken::spoken;

pub(super) async fn guides(env: &Env, request: &Request) -> Result<Response> {
    match spoken(env, request, "guides", "json").await? {
        Some(list) => spoken_json(list),
        None => refuse(answer::INTERNAL),
    }
}
