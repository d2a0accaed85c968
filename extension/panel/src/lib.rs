//! `handrail-panel`: placeholder, to be filled.
