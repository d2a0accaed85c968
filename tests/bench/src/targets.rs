//! Every parser of outside bytes, each with what must hold for any input. A target panics when it does not.

use handrail_credential::{
    Kind, Look, Secret, check, classify, cross_check, did_you_mean, identify, nearest,
};
use handrail_entra::{Answer, Case, Next, Verdict, Verifier, diagnose};
use handrail_guide::plan::{Requirements, TokenNeed, ValueKind};
use jiff::Timestamp;

/// A name, what it does with an input, and inputs to begin with.
pub struct Target {
    /// Name on the command line.
    pub name: &'static str,
    /// Runs one input.
    pub run: fn(&[u8]),
    /// Where the changes begin.
    pub seeds: &'static [&'static [u8]],
}

/// All of them.
pub const TARGETS: &[Target] = &[
    Target {
        name: "diagnose",
        run: diagnose_any,
        seeds: &[
            br#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided. Trace ID: x Correlation ID: y","error_codes":[7000215]}"#,
            br#"{"error":{"code":"AF10001","message":"The permission set () sent in the request does not include the expected permission."}}"#,
            b"WWW-Authenticate: Bearer error=\"invalid_token\", error_description=\"The audience is invalid\"",
            b"Traceback: 50033 - [2020-01-02]: <html><body>AADSTS",
        ],
    },
    Target {
        name: "identify",
        run: identify_any,
        seeds: &[
            b"Tenant ID: 5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b\nClient ID: {0f8fad5b-d9cb-469f-a165-70867728950e}\nValue: abc8Q~xyz\n",
            b"tenant,client,secret\na,b,\"c\"\n",
            b"{\"clientSecret\":\"AB:CD\"} client_secret=%7E&tilde;\xe2\x80\x9c",
        ],
    },
    Target {
        name: "value",
        run: value_any,
        seeds: &[b"\xe2\x80\x9cabc8Q~0123456789\xe2\x80\x9d", b"{5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b}", b"https://a@contoso.com/x"],
    },
    Target {
        name: "token-answer",
        run: answer_any,
        seeds: &[
            br#"{"token_type":"Bearer","expires_in":3599,"access_token":"eyJhbGciOiJub25lIn0.eyJhdWQiOiJ4In0.x"}"#,
            br#"{"issuer":"https://login.microsoftonline.com/5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b/v2.0","tenant_region_scope":"EU"}"#,
            br#"{"error":"invalid_tenant","error_codes":"[90002]"}"#,
        ],
    },
];

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn diagnose_any(bytes: &[u8]) {
    let text = text(bytes);
    let found = diagnose(&text);
    assert!(found.aadsts.len() <= 64 && !found.what.is_empty());
    assert!(!found.what.contains('{'), "an unfilled place: {}", found.what);
}

fn identify_any(bytes: &[u8]) {
    for one in identify(&text(bytes)) {
        // EXPOSE: random text.
        let value = one.value.expose();
        let sound = format!("{:?}", classify(value)) == "Secret";
        assert!(one.kind != "client-secret" || one.look != Look::Right || sound, "called right: {value:?}");
    }
}

fn value_any(bytes: &[u8]) {
    let text = text(bytes);
    for kind in [
        Kind::ClientSecret,
        Kind::TenantId,
        Kind::ClientId,
        Kind::TenantDomain,
        Kind::Url,
        Kind::Thumbprint,
        Kind::Text,
    ] {
        let once = check(kind, &text).value;
        // EXPOSE: random text.
        let twice = check(kind, once.expose()).value;
        assert!(once == twice, "{kind:?}: cleaning again changes {text:?}");
    }
    for offer in nearest(&text).into_iter().chain(did_you_mean(&text)) {
        // EXPOSE: random text.
        assert_eq!(format!("{:?}", classify(offer.expose())), "Secret");
    }
    drop(cross_check(&[(Kind::ClientId, &text), (Kind::TenantId, &text)], &[(Kind::ObjectId, &text)]));
}

/// Whatever Microsoft's hosts answer: no panic, no host outside the table, and never a pass without a token for this app.
fn answer_any(bytes: &[u8]) {
    let now = Timestamp::UNIX_EPOCH;
    let values = [
        ("tenant-id", ValueKind::TenantId, "5b7a3f0e-8c1d-4e2f-9a6b-0c1d2e3f4a5b"),
        ("client-id", ValueKind::ClientId, "0f8fad5b-d9cb-469f-a165-70867728950e"),
        ("client-secret", ValueKind::ClientSecret, "an-old-secret-of-thirty-two-char"),
    ];
    let token = TokenNeed {
        resource: "graph".into(),
        name: "Microsoft Graph".into(),
        app_id: "00000003-0000-0000-c000-000000000000".into(),
        roles: vec!["User.Read.All".into()],
    };
    let requirements = Requirements {
        values: values.iter().map(|(id, kind, _)| ((*id).to_owned(), *kind)).collect(),
        tokens: vec![token],
        ..Requirements::default()
    };
    let given = values.iter().map(|(id, _, text)| ((*id).to_owned(), Secret::from(*text))).collect();
    let mut verifier = Verifier::new(Case { requirements, values: given, ..Case::default() }, now);
    let status = [200, 400, 401, 429, 503]
        .get(usize::from(bytes.first().copied().unwrap_or(0)) % 5)
        .copied()
        .unwrap_or(200);
    loop {
        match verifier.next(now) {
            Next::Done(report) => {
                assert!(report.verdict != Verdict::Passed, "passed without evidence: {report:?}");
                return;
            }
            Next::Send(request) => {
                assert!(handrail_entra::hosts().contains(&request.host), "{}", request.url);
                let body = Secret::new(text(bytes));
                verifier.answer(&Answer::Response { status, headers: Vec::new(), body }, now);
            }
        }
    }
}
