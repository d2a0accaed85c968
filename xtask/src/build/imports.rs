//! Short names between WASM and its glue. wasm-bindgen calls each imported function by a long name with a hash,
//! once on either side; neither compresses, and the agent has hundreds of them.

use anyhow::{Context, Result, bail};

use crate::build::wasm::leb128;

/// The section of WASM that lists its imports.
const IMPORTS: u8 = 2;

/// The module and the name of an import.
type Import = (String, String);

/// Gives every import of the WASM a short name, and the glue's functions the same.
pub(crate) fn shorten(wasm: &[u8], glue: &str) -> Result<(Vec<u8>, String)> {
    let mut renamed = wasm.get(..8).context("too short for WASM")?.to_vec();
    let mut script = glue.to_owned();
    let mut at = 8;
    while at < wasm.len() {
        let (size, body) = leb128(wasm, at + 1)?;
        let section = wasm.get(body..body + size).context("a section ends beyond the file")?;
        if wasm[at] == IMPORTS {
            let (section, names) = short_section(section)?;
            renamed.push(IMPORTS);
            push_leb128(&mut renamed, section.len());
            renamed.extend(section);
            script = short_glue(&script, &names)?;
        } else {
            renamed.extend_from_slice(&wasm[at..body + size]);
        }
        at = body + size;
    }
    Ok((renamed, script))
}

/// The section with short names, and the long ones in their order.
fn short_section(section: &[u8]) -> Result<(Vec<u8>, Vec<Import>)> {
    let (count, mut at) = leb128(section, 0)?;
    let mut short = Vec::new();
    push_leb128(&mut short, count);
    let mut names = Vec::with_capacity(count);
    for number in 0..count {
        let module = name(section, &mut at)?;
        let field = name(section, &mut at)?;
        names.push((module, field));
        if section.get(at) != Some(&0) {
            bail!("the glue imports something that is no function");
        }
        let (_, end) = leb128(section, at + 1)?;
        push_name(&mut short, "m");
        push_name(&mut short, &short_name(number));
        short.extend_from_slice(&section[at..end]);
        at = end;
    }
    Ok((short, names))
}

/// The glue with the same short names.
fn short_glue(glue: &str, names: &[Import]) -> Result<String> {
    let mut script = glue.to_owned();
    let Some((module, _)) = names.first() else { return Ok(script) };
    if names.iter().any(|(other, _)| other != module) {
        bail!("the WASM imports from more than one module");
    }
    let mut replace = |long: String, short: String| {
        let found = script.matches(&long).count();
        script = script.replace(&long, &short);
        if found == 1 {
            Ok(())
        } else {
            bail!("the glue of wasm-bindgen has changed: {long} is there {found} times")
        }
    };
    replace(format!("\"{module}\": import0"), "\"m\": import0".to_owned())?;
    for (number, (_, field)) in names.iter().enumerate() {
        replace(
            format!("\n        {field}: function"),
            format!("\n        {}: function", short_name(number)),
        )?;
    }
    Ok(script)
}

/// `a`, `b`, … `z`, `aa`, …
fn short_name(mut number: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(char::from(b'a' + u8::try_from(number % 26).unwrap_or(0)));
        if number < 26 {
            break;
        }
        number = number / 26 - 1;
    }
    letters.iter().rev().collect()
}

fn name(bytes: &[u8], at: &mut usize) -> Result<String> {
    let (length, start) = leb128(bytes, *at)?;
    *at = start + length;
    let text = bytes.get(start..*at).context("a name ends beyond its section")?;
    Ok(String::from_utf8(text.to_vec())?)
}

fn push_name(bytes: &mut Vec<u8>, text: &str) {
    push_leb128(bytes, text.len());
    bytes.extend_from_slice(text.as_bytes());
}

fn push_leb128(bytes: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        bytes.push(u8::try_from(value & 0x7f).unwrap_or(0) | 0x80);
        value >>= 7;
    }
    bytes.push(u8::try_from(value).unwrap_or(0));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn module_with(imports: &[u8]) -> Vec<u8> {
        let mut wasm = b"\0asm\x01\0\0\0".to_vec();
        wasm.push(IMPORTS);
        push_leb128(&mut wasm, imports.len());
        wasm.extend_from_slice(imports);
        wasm
    }

    #[test]
    fn both_sides_get_the_same_short_name() {
        let wasm = module_with(b"\x01\x04./ab\x05hello\0\x03");
        let glue = "{\n        hello: function() {}\n}; return { \"./ab\": import0 }";
        let (wasm, glue) = shorten(&wasm, glue).unwrap();
        assert_eq!(wasm, module_with(b"\x01\x01m\x01a\0\x03"));
        assert_eq!(glue, "{\n        a: function() {}\n}; return { \"m\": import0 }");
    }

    #[test]
    fn glue_without_the_function_is_refused() {
        let wasm = module_with(b"\x01\x04./ab\x05hello\0\x03");
        assert!(shorten(&wasm, "return { \"./ab\": import0 }").is_err());
    }

    #[test]
    fn short_names_differ() {
        let names: std::collections::BTreeSet<_> = (0..1500).map(short_name).collect();
        assert_eq!(names.len(), 1500);
    }
}
