//! `handrail-worker`: placeholder, to be filled.
