//! The derives of `handrail-json`. A type's form is what its `serde` attributes say; an attribute that is not known here
//! is an error, so that both never differ.

mod attributes;
mod shape;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Derives `ToJson`.
#[proc_macro_derive(ToJson, attributes(serde))]
pub fn to_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    shape::to_json(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

/// Derives `FromJson`.
#[proc_macro_derive(FromJson, attributes(serde))]
pub fn from_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    shape::from_json(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
