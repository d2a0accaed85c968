//! `handrail-background`: placeholder, to be filled.
