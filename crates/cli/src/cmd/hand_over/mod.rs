//! `handrail hand-over`: the customer's side of a link without a browser. The sender is proved here, from the vendor's own
//! domain, and held against what is remembered of it; values are sealed here; the service sees them in the check alone.

mod known;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail, ensure};
use handrail_credential::{Secret, domain};
use handrail_handover::{
    Admitted, Bundle, Code, DOCUMENT_PATH, EndDate, Envelope, LinkClaims, Met, Salt, VendorDocument, admit,
    find, jose, may_use, refusal,
};
use handrail_seal::{Recipient, seal};
use rand::RngCore as _;
use rand::rngs::OsRng;
use serde_json::{Value, json};
use ureq::Agent;
use zeroize::Zeroizing;

use crate::vendor::api::{agent_for, fetch};
use crate::vendor::{files, for_terminal, now, random, refused};

/// `handrail hand-over`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The link, as it stands in the mail.
    link: String,
    /// The vendor you expect: its domain. Nothing is sealed for anybody else.
    #[arg(long, value_name = "DOMAIN")]
    to: String,
    /// File with the values, a JSON object by id; `-` reads standard input.
    #[arg(long, value_name = "FILE", default_value = "-")]
    values: PathBuf,
    /// The day the credential ends, e.g. 2027-05-20.
    #[arg(long, value_name = "DAY")]
    ends: Option<String>,
    /// Where the receipt goes; only its owner can read it, because it permits to replace what was handed over.
    #[arg(long, value_name = "FILE", default_value = "handrail-receipt.json")]
    receipt: PathBuf,
    /// The receipt of what was handed over under this link before: it is replaced.
    #[arg(long, value_name = "FILE", conflicts_with = "save")]
    replace: Option<PathBuf>,
    /// Write the sealed bundle to this file, and send nothing but the check.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    #[command(flatten)]
    known: known::Memory,
    /// Let the vendor see how far you are; without it only what was checked and handed over.
    #[arg(long)]
    share_progress: bool,
    /// Certificate authority to trust besides the usual ones, in PEM.
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
}

/// A link whose sender is proved.
struct Link {
    origin: String,
    code: Code,
    token: String,
    version: u64,
    admitted: Admitted,
    met: Met,
    agent: Agent,
}

/// Runs the command.
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let link = opened(arguments)?;
    eprintln!("{} asks for {}: proved.", link.admitted.claims.iss, for_terminal(&link.admitted.claims.guide));
    eprintln!("{}", known::tell(link.met, &link.admitted.claims.iss));
    if link.admitted.claims.is_own() {
        eprintln!("This guide was written by {}, not by Handrail.", link.admitted.claims.iss);
    }
    share(&link, arguments, 1);
    tell_own(&link.admitted.claims);
    let values = values(arguments)?;
    share(&link, arguments, 2);
    let salt = Salt::from_random(random());
    let report = checked(&link, &values, &salt)?;
    share(&link, arguments, 3);
    let envelope = sealed(&link, values, salt, report, arguments)?;
    if let Some(file) = &arguments.save {
        files::write_private(file, serde_json::to_string_pretty(&envelope)?.as_bytes())?;
        println!("Sealed into {}. Only {} can open it.", file.display(), link.admitted.claims.iss);
        return Ok(ExitCode::SUCCESS);
    }
    hand_over(&link, &envelope, arguments)
}

/// What is shared of the work, in its order.
const STEPS: [&str; 3] = ["values", "check", "hand-over"];

/// Tells the vendor which step is reached, for who agreed to that. It is in nobody's way: what is not taken is not told.
fn share(link: &Link, arguments: &Arguments, number: usize) {
    let Some(step) = STEPS.get(number.saturating_sub(1)).filter(|_| arguments.share_progress) else { return };
    let body = json!({"step": step, "number": number, "of": STEPS.len()});
    drop(post(link, &format!("/api/links/{}/progress", link.code), &body));
}

/// What the customer enters in the portal, or opens at Microsoft, where the vendor proves afterwards.
fn tell_own(claims: &LinkClaims) {
    for (label, value) in [
        ("issuer of the federated credential", &claims.issuer),
        ("its subject", &claims.subject),
        ("consent is given at", &claims.consent),
    ] {
        if let Some(value) = value {
            eprintln!("  {label}: {}", for_terminal(value));
        }
    }
}

/// Asks the service for the link and the vendor's domain for its keys, and decides.
fn opened(arguments: &Arguments) -> anyhow::Result<Link> {
    let found = find(&arguments.link).ok_or_else(|| refused(refusal::CODE_WRONG))?;
    let origin = found.origin.context("the address before /l/ is missing: give the whole link")?;
    let agent = agent_for(&origin, arguments.ca.as_deref())?;
    let look = answer(fetch(&agent, &format!("{origin}/api/links/{}", found.code))?)?;
    let token = look["token"].as_str().unwrap_or_default().to_owned();
    let claims: LinkClaims = jose::dangerous_claims(&token).ok_or_else(|| refused(refusal::LINK_FORGED))?;
    let expected = domain(&arguments.to).with_context(|| format!("`{}` is no domain", arguments.to))?;
    if domain(&claims.iss).as_deref() != Some(claims.iss.as_str()) {
        return Err(refused(refusal::LINK_FORGED));
    }
    ensure!(claims.iss == expected, "this link names {}, not {expected}: nothing was sealed", claims.iss);
    let url = format!("https://{expected}{DOCUMENT_PATH}");
    let published = fetch(&agent_for(&url, arguments.ca.as_deref())?, &url);
    let (status, _, text) = published.map_err(|error| refused(refusal::DOCUMENT_MISSING).context(error))?;
    ensure!(status == 200, refused(refusal::DOCUMENT_MISSING));
    let document = VendorDocument::parse(&text, &expected).map_err(refused)?;
    let own = look["guide"].as_str();
    let admitted = admit(&token, &found.code, &origin, &document, own, now()).map_err(refused)?;
    ensure!(look["standing"] != "revoked", refused(refusal::LINK_REVOKED));
    let guide: Value = match own {
        Some(text) => {
            let text: Value = serde_json::from_str(text).map_err(|_| refused(refusal::GUIDE_UNFIT))?;
            json!({"domains": text["guide"]["vendor"]["domains"], "digest": admitted.claims.digest})
        }
        None => {
            let guides = answer(fetch(&agent, &format!("{origin}/api/guides"))?)?;
            guides["guides"][admitted.claims.guide.as_str()].clone()
        }
    };
    let named = guide["domains"].as_array().into_iter().flatten();
    let named: Vec<String> = named.filter_map(Value::as_str).map(str::to_owned).collect();
    may_use(&expected, &named).map_err(refused)?;
    let met = arguments.known.meet(&token, &document)?;
    if admitted.claims.is_for_another(guide["digest"].as_str().unwrap_or_default()) {
        eprintln!("The vendor made this link for another version of the guide than the service's.");
        eprintln!("If you expect what is asked, go on; else ask the vendor for a new link.");
    }
    let version = look["version"].as_u64().unwrap_or_default();
    Ok(Link { origin, code: found.code, token, version, admitted, met, agent })
}

fn values(arguments: &Arguments) -> anyhow::Result<BTreeMap<String, Secret>> {
    let mut text = Zeroizing::new(String::with_capacity(16 * 1024));
    if arguments.values.as_os_str() == "-" {
        std::io::stdin().read_to_string(&mut text)?;
    } else {
        text = files::read_private(&arguments.values)?;
    }
    // The parser's words could quote a value.
    let values: BTreeMap<String, String> =
        serde_json::from_str(&text).ok().context("the values are no JSON object of texts by id")?;
    ensure!(!values.is_empty(), "there are no values");
    Ok(values.into_iter().map(|(id, value)| (id, Secret::new(value))).collect())
}

/// Checks the values under the link; the report's token.
fn checked(link: &Link, values: &BTreeMap<String, Secret>, salt: &Salt) -> anyhow::Result<String> {
    // EXPOSE: into the check that the person asked for.
    let open: BTreeMap<&str, &str> = values.iter().map(|(id, v)| (id.as_str(), v.expose())).collect();
    let body = json!({
        "guide": link.admitted.claims.guide, "link": link.code.as_str(), "salt": salt.to_text(), "values": open,
    });
    let report = post(link, "/api/check", &body)?;
    let verdict = report["verdict"].as_str().unwrap_or_default();
    eprintln!("Verdict: {}", for_terminal(verdict));
    for check in report["checks"].as_array().into_iter().flatten().filter(|c| c["verdict"] != "passed") {
        let word = |name: &str| for_terminal(check[name].as_str().unwrap_or_default());
        eprintln!("  {} {} ({})", word("what"), word("next"), word("code"));
    }
    if verdict == "failed" {
        return Err(refused(refusal::REPORT_FAILED));
    }
    Ok(report["signed"].as_str().context("the service signed no report")?.to_owned())
}

fn sealed(
    link: &Link,
    values: BTreeMap<String, Secret>,
    salt: Salt,
    report: String,
    arguments: &Arguments,
) -> anyhow::Result<Envelope> {
    let claims = &link.admitted.claims;
    let recipients: Result<Vec<Recipient>, _> = link.admitted.recipients.iter().map(|r| r.parse()).collect();
    let recipients = recipients.ok().context("the vendor publishes a recipient that cannot be read")?;
    let ends = arguments.ends.clone().map(|date| EndDate { date, how: "typed".to_owned() });
    let bundle = Bundle {
        link: claims.jti.clone(),
        vendor: claims.iss.clone(),
        guide: claims.guide.clone(),
        values,
        salt,
        ends,
        report: report.clone(),
        made: now(),
    };
    let mut fill = |to: &mut [u8]| OsRng.fill_bytes(to);
    let sealed = seal(&recipients, bundle.to_json().as_bytes(), &mut fill);
    let envelope = Envelope { link: link.token.clone(), report, ..Envelope::default() };
    Ok(envelope.with_sealed(&sealed.ok().context("the bundle cannot be sealed")?))
}

fn hand_over(link: &Link, envelope: &Envelope, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let replace = arguments.replace.as_deref().map(replace_token).transpose()?;
    let text = || Salt::from_random(random()).to_text();
    let (key, next) = (text(), text());
    let mut body = json!({
        "after": link.version, "key": key, "next-replace": jose::digest(next.as_bytes()),
        "report": envelope.report, "sealed": envelope.sealed,
    });
    for (name, text) in
        [("ends", arguments.ends.as_deref()), ("replace", replace.as_ref().map(|r| r.as_str()))]
    {
        if let (Some(text), Some(map)) = (text, body.as_object_mut()) {
            map.insert(name.to_owned(), text.into());
        }
    }
    let target = format!("/api/links/{}/hand-over", link.code);
    // A lost answer is asked for once more: the same key never hands over twice.
    let answer = post(link, &target, &body).or_else(|_| post(link, &target, &body))?;
    let kept = json!({"receipt": answer["receipt"], "replace-token": next, "link": link.token});
    files::write_private(&arguments.receipt, format!("{kept:#}\n").as_bytes())?;
    println!(
        "Handed over to {}. The receipt is in {}.",
        link.admitted.claims.iss,
        arguments.receipt.display()
    );
    Ok(ExitCode::SUCCESS)
}

/// What a receipt's file permits to replace with.
fn replace_token(file: &Path) -> anyhow::Result<Zeroizing<String>> {
    let text = files::read_private(file)?;
    let kept: Value = serde_json::from_str(&text).ok().context("this is no receipt's file")?;
    let token = kept["replace-token"].as_str().context("the receipt has no replace token")?;
    Ok(Zeroizing::new(token.to_owned()))
}

fn post(link: &Link, target: &str, body: &Value) -> anyhow::Result<Value> {
    let text = Zeroizing::new(body.to_string());
    let request =
        link.agent.post(format!("{}{target}", link.origin)).header("content-type", "application/json");
    let mut sent =
        request.send(text.as_bytes()).with_context(|| format!("{} does not answer", link.origin))?;
    let text = sent.body_mut().read_to_string()?;
    answer((sent.status().as_u16(), Vec::new(), text))
}

/// The JSON of an answer, or the words of its refusal.
fn answer((status, _, text): crate::vendor::api::Fetched) -> anyhow::Result<Value> {
    let told: Value = serde_json::from_str(&text).unwrap_or_default();
    if status == 200 {
        return Ok(told);
    }
    let word = |name: &str| for_terminal(told["error"][name].as_str().unwrap_or_default());
    bail!("{} ({})\n{}", word("what"), word("code"), word("next"))
}
