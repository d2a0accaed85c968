//! What is asked of the network and what comes back, without a network.

use std::fmt;

use handrail_credential::Secret;

/// HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
}

impl Method {
    /// Its name on the wire.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
        }
    }
}

/// A request header. The value may carry a token, so it travels as a secret.
#[derive(Clone, Debug)]
pub struct Header {
    /// Name in lower case.
    pub name: &'static str,
    /// Value.
    pub value: Secret,
}

/// One request. Redirects must not be followed and nothing of it may be logged but its host.
#[derive(Clone)]
pub struct Request {
    /// Method.
    pub method: Method,
    /// Host, one of [`crate::hosts`].
    pub host: &'static str,
    /// Whole address, `https://<host>/…`. It holds the tenant and nothing secret.
    pub url: String,
    /// Headers.
    pub headers: Vec<Header>,
    /// Body of a POST; holds the client secret.
    pub body: Option<Secret>,
}

impl Request {
    /// Whether its host is one of [`crate::hosts`]. Whoever sends it looks once more.
    #[must_use]
    pub fn is_to_microsoft(&self) -> bool {
        crate::cloud::is_host(self.host)
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method.name(), self.url)
    }
}

/// The response headers the verifier looks at; the caller passes on only these.
pub const WANTED_HEADERS: [&str; 3] = ["retry-after", "x-ms-request-id", "client-request-id"];

/// What came back.
#[derive(Clone)]
pub enum Answer {
    /// An HTTP response, whatever its status.
    Response {
        /// Status code.
        status: u16,
        /// Those of [`WANTED_HEADERS`] that were there, names in lower case.
        headers: Vec<(String, String)>,
        /// Body, at most as long as the caller cares to read.
        body: Secret,
    },
    /// No response: name resolution, connection, TLS or time-out.
    Unreachable,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        match self {
            Self::Response { headers, .. } => {
                headers.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
            }
            Self::Unreachable => None,
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Response { status, .. } => write!(f, "Response({status})"),
            Self::Unreachable => f.write_str("Unreachable"),
        }
    }
}

/// Percent-encodes one value of a form: everything but RFC 3986's unreserved characters.
pub(crate) fn encode(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(b));
        } else {
            out.push('%');
            for nibble in [b >> 4, b & 15] {
                out.push(char::from(HEX.get(usize::from(nibble)).copied().unwrap_or(b'0')));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn forms_are_encoded_once_and_fully() {
        let mut out = String::new();
        encode("a~b-c_d.e+/=& é", &mut out);
        assert_eq!(out, "a~b-c_d.e%2B%2F%3D%26%20%C3%A9");
    }
}
