//! `handrail-entra`: placeholder, to be filled.
