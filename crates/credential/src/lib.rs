//! `handrail-credential`: placeholder, to be filled.
