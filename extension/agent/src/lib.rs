//! `handrail-agent`: placeholder, to be filled.
