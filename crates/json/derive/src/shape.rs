//! From a type's definition to its two lists: the fields' names and their places.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Data, DataEnum, DeriveInput, Error, Field, Fields, Member, Result, Type, Variant};

use crate::attributes::{Case, Said, field_name, variant_name};

/// As many fields as there are bits.
const MAX_FIELDS: usize = 63;

/// A field of a struct or of a variant.
struct Part<'a> {
    field: &'a Field,
    member: Member,
    name: String,
    said: Said,
}

impl Part<'_> {
    /// Whether it may be left out: it says so, or it is an `Option`.
    fn is_optional(&self) -> bool {
        let Type::Path(path) = &self.field.ty else { return self.said.default };
        self.said.default || path.path.segments.last().is_some_and(|last| last.ident == "Option")
    }

    /// What it is before it is read.
    fn blank(&self) -> TokenStream {
        let ty = &self.field.ty;
        match &self.said.default_by {
            Some(by) => quote!(#by()),
            None if self.said.default || self.said.skip => {
                quote!(<#ty as ::core::default::Default>::default())
            }
            None => quote!(<#ty as ::handrail_json::FromJson>::blank()),
        }
    }
}

/// Those that are read and written, and those that are not.
fn parts(fields: &Fields, case: Case) -> Result<(Vec<Part<'_>>, Vec<Part<'_>>)> {
    let mut all = Vec::new();
    for (field, member) in fields.iter().zip(fields.members()) {
        let name = field.ident.as_ref().map(|name| field_name(name, case)).unwrap_or_default();
        all.push(Part { field, member, name, said: Said::read(&field.attrs)? });
    }
    if all.len() > MAX_FIELDS {
        return Err(Error::new_spanned(fields, "too many fields"));
    }
    Ok(all.into_iter().partition(|part| !part.said.skip))
}

/// A number with a bit for each part of which this is so.
fn bits(parts: &[Part<'_>], is: impl Fn(&Part<'_>) -> bool) -> u64 {
    parts.iter().enumerate().filter(|(_, part)| is(part)).map(|(at, _)| 1 << at).sum()
}

fn names(parts: &[Part<'_>]) -> Vec<String> {
    parts.iter().map(|part| part.name.clone()).collect()
}

/// Derives `ToJson`.
pub(crate) fn to_json(input: &DeriveInput) -> Result<TokenStream> {
    let said = Said::read(&input.attrs)?;
    let body = match &input.data {
        Data::Struct(data) => {
            let (parts, _) = parts(&data.fields, said.case)?;
            let places: Vec<TokenStream> =
                parts.iter().map(|part| &part.member).map(|m| quote!(&self.#m)).collect();
            write_fields(&data.fields, &parts, &places)
        }
        Data::Enum(data) => {
            let arms = data.variants.iter().map(|v| write_variant(v, &said)).collect::<Result<Vec<_>>>()?;
            quote!(match self { #(#arms)* })
        }
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no form")),
    };
    let (name, (generics, of, bounds)) = (&input.ident, input.generics.split_for_impl());
    Ok(quote! {
        impl #generics ::handrail_json::ToJson for #name #of #bounds {
            fn write(&self, to: &mut ::handrail_json::Writer) { #body }
        }
    })
}

fn write_fields(fields: &Fields, parts: &[Part<'_>], places: &[TokenStream]) -> TokenStream {
    if matches!(fields, Fields::Unnamed(_)) {
        return quote!(to.list(&mut [#(#places as &dyn ::handrail_json::ToJson),*].into_iter()););
    }
    let (names, terse) = (names(parts), bits(parts, |part| part.said.terse));
    quote!(to.object(&[#(#names),*], #terse, &[#(#places),*]);)
}

fn write_variant(variant: &Variant, said: &Said) -> Result<TokenStream> {
    let (ident, name) = (&variant.ident, variant_name(&variant.ident, said.case));
    let (begin, end) = match &said.tag {
        Some(tag) => (quote!(to.tag(#tag, #name);), quote!()),
        None => (quote!(to.variant(#name);), quote!(to.end_variant();)),
    };
    Ok(match &variant.fields {
        Fields::Unit if said.tag.is_some() => quote!(Self::#ident => { #begin to.object(&[], 0, &[]); }),
        Fields::Unit => quote!(Self::#ident => to.string(#name),),
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => quote! {
            Self::#ident(content) => { #begin ::handrail_json::ToJson::write(content, to); #end }
        },
        Fields::Unnamed(fields) => return Err(Error::new_spanned(fields, "one field, or fields with names")),
        Fields::Named(fields) => {
            let (parts, _) = parts(&variant.fields, Said::read(&variant.attrs)?.case)?;
            let places: Vec<TokenStream> =
                parts.iter().map(|part| &part.member).map(|m| quote!(#m)).collect();
            let written = write_fields(&variant.fields, &parts, &places);
            let bound = fields.named.iter().map(|field| &field.ident);
            quote!(Self::#ident { #(#bound),* } => { #begin #written #end })
        }
    })
}

/// Derives `FromJson`.
pub(crate) fn from_json(input: &DeriveInput) -> Result<TokenStream> {
    let said = Said::read(&input.attrs)?;
    if said.closed {
        return Err(Error::new_spanned(&input.ident, "what is read here passes over what it does not know"));
    }
    let (blank, read) = match &input.data {
        Data::Struct(data) => read_struct(&data.fields, &said)?,
        Data::Enum(data) => read_enum(data, &said)?,
        Data::Union(_) => return Err(Error::new_spanned(input, "a union has no form")),
    };
    let (name, (generics, of, bounds)) = (&input.ident, input.generics.split_for_impl());
    Ok(quote! {
        impl #generics ::handrail_json::FromJson for #name #of #bounds {
            fn blank() -> Self { #blank }
            fn read(
                &mut self,
                from: &mut ::handrail_json::Reader<'_>,
            ) -> ::core::result::Result<(), ::handrail_json::Malformed> { #read }
        }
    })
}

fn read_struct(fields: &Fields, said: &Said) -> Result<(TokenStream, TokenStream)> {
    let (known, skipped) = parts(fields, said.case)?;
    let members = known.iter().map(|part| &part.member);
    let read = quote!(&mut [#(&mut self.#members),*]);
    let read = if matches!(fields, Fields::Unnamed(_)) {
        let required = known.iter().filter(|part| !part.said.default).count();
        quote!(from.tuple(#required, #read))
    } else {
        let (names, optional) = (names(&known), bits(&known, |part| said.default || part.is_optional()));
        quote!(from.object(&[#(#names),*], #optional, #read))
    };
    if said.default {
        return Ok((quote!(<Self as ::core::default::Default>::default()), read));
    }
    let blanks = known.iter().chain(&skipped).map(|part| {
        let (member, blank) = (&part.member, part.blank());
        quote!(#member: #blank)
    });
    Ok((quote!(Self { #(#blanks),* }), read))
}

fn read_enum(data: &DataEnum, said: &Said) -> Result<(TokenStream, TokenStream)> {
    if let Some(tag) = &said.tag {
        return Err(Error::new_spanned(tag, "what is read has its name outside"));
    }
    let (mut names, mut arms, mut other) = (Vec::new(), Vec::new(), quote!());
    for (at, variant) in data.variants.iter().enumerate() {
        let ident = &variant.ident;
        names.push(variant_name(ident, said.case));
        if Said::read(&variant.attrs)?.other {
            other = quote!((None, false) => Self::#ident,);
        }
        arms.push(match &variant.fields {
            Fields::Unit => quote!((Some(#at), false) => Self::#ident,),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                quote!((Some(#at), true) => Self::#ident(from.value()?),)
            }
            Fields::Unnamed(fields) => {
                return Err(Error::new_spanned(fields, "one field, or fields with names"));
            }
            Fields::Named(_) => {
                let content = read_content(variant)?;
                quote!((Some(#at), true) => { #content })
            }
        });
    }
    let first = data.variants.first().ok_or_else(|| Error::new_spanned(&data.variants, "no variants"))?;
    let read = quote! {
        let (which, has_content) = from.variant(&[#(#names),*])?;
        *self = match (which, has_content) {
            #(#arms)*
            #other
            _ => return Err(::handrail_json::Malformed),
        };
        from.end_variant(has_content)
    };
    Ok((blank_variant(first)?, read))
}

/// The content of a variant whose fields have names.
fn read_content(variant: &Variant) -> Result<TokenStream> {
    let (known, _) = parts(&variant.fields, Said::read(&variant.attrs)?.case)?;
    let (names, optional) = (names(&known), bits(&known, |part| part.is_optional()));
    let (ident, members) = (&variant.ident, known.iter().map(|part| &part.member));
    let places: Vec<_> = (0..known.len()).map(|at| format_ident!("place_{at}")).collect();
    let blanks = known.iter().map(Part::blank);
    Ok(quote! {
        #(let mut #places = #blanks;)*
        from.object(&[#(#names),*], #optional, &mut [#(&mut #places),*])?;
        Self::#ident { #(#members: #places),* }
    })
}

/// Any value of the type will do before it is read: the first variant.
fn blank_variant(variant: &Variant) -> Result<TokenStream> {
    let ident = &variant.ident;
    let blanks = parts(&variant.fields, Case::Same)?.0.into_iter().map(|part| {
        let (member, blank) = (part.member.clone(), part.blank());
        quote!(#member: #blank)
    });
    Ok(quote!(Self::#ident { #(#blanks),* }))
}
