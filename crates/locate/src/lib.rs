//! `handrail-locate`: placeholder, to be filled.
