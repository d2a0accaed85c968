//! `handrail-journeys`: placeholder, to be filled.
