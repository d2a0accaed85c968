//! One file per command.

pub(crate) mod batch;
pub(crate) mod check;
pub(crate) mod diagnose;
pub(crate) mod guide;
pub(crate) mod hand_over;
pub(crate) mod identify;
pub(crate) mod inbox;
pub(crate) mod link;
pub(crate) mod manual;
pub(crate) mod pack;
pub(crate) mod portal;
pub(crate) mod token;
pub(crate) mod vendor;
pub(crate) mod verify_install;
pub(crate) mod watch;
