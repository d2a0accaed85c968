//! What a person has at hand that no guide can hold: a certificate's file, the vendor's addresses, the name of a server.

use std::fs;

use anyhow::{Context as _, Result, bail};
use handrail_guide::plan::Step;
use rsa::pkcs8::EncodePrivateKey as _;
use serde_json::json;
use tempfile::TempDir;

use crate::person::{Person, confirms};

/// The customer's own server, where a guide asks for it.
const SERVER: &str = "server.contoso.com";
/// The vendor's issuer.
const ISSUER: &str = "https://vendor.example";
/// The subject that the vendor's link names.
const SUBJECT: &str = "link-5c1f0f6e";
/// The portal's button that takes a certificate, and stays grey without a file.
const ADD_CERTIFICATE: &str = "upload-certificate.add";

/// A fresh certificate as PEM; its key is thrown away.
///
/// # Errors
/// When none can be made.
pub fn certificate() -> Result<String> {
    let key = rsa::RsaPrivateKey::new(&mut rand::thread_rng(), 2048)?.to_pkcs8_der()?;
    let pair = rcgen::KeyPair::try_from(key.as_bytes())?;
    Ok(rcgen::CertificateParams::new(vec![])?.self_signed(&pair)?.pem())
}

impl Person {
    /// Types what the guide cannot know, because it is the vendor's or the customer's own.
    pub(crate) fn type_own(&mut self, step: &Step) -> Result<()> {
        let Some(target) = &step.target else {
            self.look(step, None)?;
            let value = step.collects.first().context("nothing says what is typed")?;
            return self.panel.paste(value, SERVER);
        };
        let text = match target.rsplit('.').next() {
            Some("issuer") => ISSUER,
            Some("subject") => SUBJECT,
            _ => bail!("nobody has at hand what is typed into {target}"),
        };
        let Some(overlay) = self.ring(step)? else { return Ok(()) };
        self.look(step, Some(&overlay))?;
        self.hand().type_into(target, text)?;
        if confirms(&step.done) { self.say_so(step) } else { Ok(()) }
    }

    /// Chooses the certificate's file where the portal waits for one and none was chosen. It lies in the folder that
    /// is answered, until the page has read it.
    pub(crate) fn bring_file(&self, step: &Step) -> Result<Option<TempDir>> {
        let empty = "document.querySelector('input[type=file]')?.files.length === 0";
        if step.target.as_deref() != Some(ADD_CERTIFICATE) || self.page.evaluate(empty)? != json!(true) {
            return Ok(None);
        }
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("certificate.pem");
        fs::write(&file, certificate()?)?;
        self.page.choose_file(&file)?;
        Ok(Some(folder))
    }
}
