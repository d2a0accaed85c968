//! `handrail-tenant`: placeholder, to be filled.
