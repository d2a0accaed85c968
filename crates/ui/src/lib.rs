//! `handrail-ui`: placeholder, to be filled.
