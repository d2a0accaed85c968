//! A small tree of elements and texts.

use std::fmt::Write as _;

/// An element or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// An element.
    Element {
        /// Tag name.
        tag: &'static str,
        /// Attributes, in order.
        attributes: Vec<(&'static str, String)>,
        /// Children.
        children: Vec<Node>,
    },
    /// A text.
    Text(String),
}

/// An element without attributes and children.
#[must_use]
pub fn el(tag: &'static str) -> Node {
    Node::Element { tag, attributes: Vec::new(), children: Vec::new() }
}

/// A text.
#[must_use]
pub fn text(text: impl Into<String>) -> Node {
    Node::Text(text.into())
}

/// A button; `act` names what it does and is what the page listens for.
#[must_use]
pub fn button(act: &str, label: impl Into<String>) -> Node {
    el("button").attr("type", "button").attr("data-act", act).say(label)
}

/// Text in which `**…**` is strong and `` `…` `` is code, as nodes.
#[must_use]
pub fn markup(words: &str) -> Vec<Node> {
    let mut nodes = Vec::new();
    for (n, part) in words.split("**").enumerate() {
        if n % 2 == 1 {
            nodes.push(el("strong").say(part));
            continue;
        }
        for (m, piece) in part.split('`').enumerate().filter(|(_, piece)| !piece.is_empty()) {
            nodes.push(if m % 2 == 1 { el("code").say(piece) } else { text(piece) });
        }
    }
    nodes
}

impl Node {
    /// With an attribute.
    #[must_use]
    pub fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Element { attributes, .. } = &mut self {
            attributes.push((name, value.into()));
        }
        self
    }

    /// With an attribute if there is a value.
    #[must_use]
    pub fn maybe_attr(self, name: &'static str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// With an empty attribute if `on`.
    #[must_use]
    pub fn flag(self, name: &'static str, on: bool) -> Self {
        if on { self.attr(name, "") } else { self }
    }

    /// With a class.
    #[must_use]
    pub fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// With a text child.
    #[must_use]
    pub fn say(self, words: impl Into<String>) -> Self {
        self.child(text(words))
    }

    /// With text in which `**…**` is strong.
    #[must_use]
    pub fn mark(self, words: &str) -> Self {
        self.children(markup(words))
    }

    /// With a child.
    #[must_use]
    pub fn child(mut self, child: Node) -> Self {
        if let Self::Element { children, .. } = &mut self {
            children.push(child);
        }
        self
    }

    /// With a child, if there is one.
    #[must_use]
    pub fn maybe(self, child: Option<Node>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// With children.
    #[must_use]
    pub fn children(mut self, more: impl IntoIterator<Item = Node>) -> Self {
        if let Self::Element { children, .. } = &mut self {
            children.extend(more);
        }
        self
    }

    /// The tree as HTML, everything escaped.
    #[must_use]
    pub fn to_html(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Text(words) => escape(words, out),
            Self::Element { tag, attributes, children } => {
                let _ = write!(out, "<{tag}");
                for (name, value) in attributes {
                    let _ = write!(out, " {name}=\"");
                    escape(value, out);
                    out.push('"');
                }
                out.push('>');
                if matches!(*tag, "input" | "br" | "hr" | "img") {
                    return;
                }
                for child in children {
                    child.write(out);
                }
                let _ = write!(out, "</{tag}>");
            }
        }
    }
}

fn escape(words: &str, out: &mut String) {
    for c in words.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_escaped() {
        let node = el("p").attr("title", "a\"b").say("<script>&");
        assert_eq!(node.to_html(), "<p title=\"a&quot;b\">&lt;script&gt;&amp;</p>");
    }

    #[test]
    fn bold_and_code_are_the_only_markup() {
        assert_eq!(el("p").mark("run `a -b` now").to_html(), "<p>run <code>a -b</code> now</p>");
        let node = el("p").mark("Press **Register** <now>");
        assert_eq!(node.to_html(), "<p>Press <strong>Register</strong> &lt;now&gt;</p>");
        assert_eq!(el("p").mark("plain").to_html(), "<p>plain</p>");
        assert_eq!(el("p").mark("**all**").to_html(), "<p><strong>all</strong></p>");
    }
}
