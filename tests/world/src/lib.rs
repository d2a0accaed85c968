//! `handrail-world`: placeholder, to be filled.
