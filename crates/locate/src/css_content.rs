//! The text a CSS `content` value puts on the page (CSS Generated Content 3), as computed style spells it.
//!
//! Images and counters have no text here; the alternative text after a slash replaces everything before it.

use web_sys::Element;

use crate::text as text_mod;

/// Text of a computed `content` value on this element.
pub(crate) fn text(content: &str, el: &Element) -> String {
    text_with(content, &|name| el.get_attribute(name).unwrap_or_default())
}

/// The part of a `content` value that is the same on every element.
pub(crate) fn fixed_text(content: &str) -> String {
    text_with(content, &|_| String::new())
}

fn text_with(content: &str, attribute: &dyn Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = content.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' | '\'' => push_string(&mut out, &mut rest, c),
            '/' => out.clear(),
            c if c.is_ascii_alphabetic() || c == '-' => {
                let mut word = String::from(c);
                while let Some(c) = rest.next_if(|c| c.is_ascii_alphanumeric() || *c == '-') {
                    word.push(c);
                }
                if rest.next_if_eq(&'(').is_some() {
                    let inside = arguments(&mut rest);
                    if word == "attr" {
                        out.push_str(&attr_value(&inside, attribute));
                    }
                } else {
                    out.push_str(match word.as_str() {
                        "open-quote" => "\u{201c}",
                        "close-quote" => "\u{201d}",
                        _ => "",
                    });
                }
            }
            _ => {}
        }
    }
    out
}

type Rest<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn push_string(out: &mut String, rest: &mut Rest<'_>, quote: char) {
    while let Some(c) = rest.next() {
        if c == quote {
            return;
        }
        if c == '\\' {
            push_escape(out, rest);
        } else {
            out.push(c);
        }
    }
}

/// CSS Syntax 3 section 4.3.7: up to six hexadecimal digits and one space, or the character itself.
fn push_escape(out: &mut String, rest: &mut Rest<'_>) {
    let mut code = 0;
    let mut digits = 0;
    while digits < 6 {
        let Some(digit) = rest.peek().and_then(|c| c.to_digit(16)) else { break };
        code = code * 16 + digit;
        digits += 1;
        rest.next();
    }
    if digits == 0 {
        if let Some(c) = rest.next().filter(|c| *c != '\n') {
            out.push(c);
        }
    } else {
        rest.next_if_eq(&' ');
        out.push(char::from_u32(code).filter(|c| *c != '\0').unwrap_or('\u{fffd}'));
    }
}

/// What stands up to the closing bracket, quoted parts and inner brackets included.
fn arguments(rest: &mut Rest<'_>) -> String {
    let mut inside = String::new();
    let mut depth = 1;
    let mut quote = None;
    for c in rest.by_ref() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            (None, '(') => depth += 1,
            (None, ')') => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            _ => {}
        }
        inside.push(c);
    }
    inside
}

/// `attr(name)`, `attr(name string)`, `attr(name, "fallback")`.
fn attr_value(inside: &str, attribute: &dyn Fn(&str) -> String) -> String {
    let (name, fallback) = inside.split_once(',').map_or((inside, None), |(n, f)| (n, Some(f)));
    let value = attribute(text_mod::tokens(name).next().unwrap_or_default());
    match fallback {
        Some(fallback) if value.is_empty() => text_with(fallback, &|_| String::new()),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::text_with;

    #[track_caller]
    fn check(content: &str, expected: &str) {
        let value = |name: &str| if name == "data-n" { "7".to_owned() } else { String::new() };
        assert_eq!(text_with(content, &value), expected);
    }

    #[test]
    fn strings_are_joined_and_escapes_resolved() {
        check(r#""a" "b""#, "ab");
        check(r#""\201C x\"""#, "\u{201c}x\"");
        check(r#""\e8c8 Save""#, "\u{e8c8}Save");
    }

    #[test]
    fn attributes_are_read_with_their_fallback() {
        check("attr(data-n) \" items\"", "7 items");
        check(r#"attr(data-none, "many")"#, "many");
    }

    #[test]
    fn alternative_text_replaces_what_it_stands_for() {
        check(r#"url("a/b.png") "★" / "star " attr(data-n)"#, "star 7");
        check(r#""★" / """#, "");
    }

    #[test]
    fn images_and_counters_have_no_text() {
        check(r#"url("a.png") counter(item)"#, "");
        check("normal", "");
    }
}
