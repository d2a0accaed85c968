//! The two credentials without a secret, each made in the portal: a certificate, and a federated credential.

use std::path::Path;

use handrail_guide::load::{Library, Options, compile_with};
use handrail_journeys::{AZURE, Journey};
use handrail_world::at_hand::certificate;
use handrail_world::person::Person;
use handrail_world::world::{World, WorldOptions};
use serde_json::json;

use super::{begin, walk};

/// Walks a guide that uploads this certificate on its way.
fn upload(journey: &mut Journey, file: &Path) {
    walk(journey, |journey, step| {
        match step.id.as_str() {
            "client-certificate.description" => journey.page.choose_file(file).unwrap(),
            // It is read at once, whatever it is called.
            "old-certificate.read" => {
                journey.moved_on(step).unwrap();
                return true;
            }
            _ => {}
        }
        false
    });
}

#[test]
fn where_secrets_are_blocked_a_certificate_is_taken_and_renewed() {
    let mut journey = begin("elastic.run.certificate", json!({"policy": {"blockSecrets": true}}));
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("elastic-agent.pem");
    std::fs::write(&file, certificate().unwrap()).unwrap();
    upload(&mut journey, &file);
    let app = |journey: &Journey| {
        journey.world.tenant.apps("Contoso", &journey.plan.app.as_ref().unwrap().name).unwrap()[0].clone()
    };
    let made = app(&journey);
    assert_eq!(made["certificates"].as_array().unwrap().len(), 1, "{made}");
    assert_eq!(made["secrets"], json!([]), "no secret was made");
    let read = journey.panel.words().unwrap();
    let old = made["certificates"][0]["thumbprint"].as_str().unwrap();
    assert!(read.to_uppercase().contains(&old.to_uppercase()), "{old} in {read}");

    // A year later: a second one beside it, and the first one goes when the vendor has said so.
    journey.close().unwrap();
    journey.page.navigate(AZURE).unwrap();
    std::fs::write(&file, certificate().unwrap()).unwrap();
    "elastic.renew.certificate".clone_into(&mut journey.person.way);
    journey.person.plan = journey.world.plans["elastic.renew.certificate"].clone();
    journey.person.start().unwrap();
    upload(&mut journey, &file);
    let renewed = app(&journey);
    let left = renewed["certificates"].as_array().unwrap();
    assert_eq!(left.len(), 1, "one is left: {renewed}");
    assert_ne!(left[0]["thumbprint"].as_str().unwrap(), old, "and it is the new one: {renewed}");
}

/// A guide of ours, changed for this journey: its vendor takes a federated credential.
const CREDENTIAL: &str =
    "[credential.federated]\nname = \"elastic-link\"\nfrom = \"as the vendor's link says\"\n";

#[test]
fn a_federated_credential_needs_no_secret_at_all() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut library = Library::load(&root).unwrap();
    let text = format!("{}\n{CREDENTIAL}", library.guides["elastic"].source.text);
    library.add_guide("elastic", "guides/elastic.toml", text).unwrap();
    let options = Options { credential: Some("federated"), ..Options::default() };
    let plan = compile_with(&library, "elastic", options).unwrap();

    let mut world = World::start(&WorldOptions::default()).unwrap();
    std::fs::write(world.extension().join("plans/elastic.json"), serde_json::to_vec(&plan).unwrap()).unwrap();
    world.plans.insert("elastic".to_owned(), plan);
    let person = Person::sit_down(&world, "elastic", AZURE).unwrap();
    person.start().unwrap();
    let mut journey = Journey { person, world };
    let issuer = "https://vendor.example";
    walk(&mut journey, |journey, step| {
        let typed = match step.id.as_str() {
            "federated-credential.issuer" => ("add-federated-credential.issuer", issuer),
            "federated-credential.subject" => ("add-federated-credential.subject", "link-5c1f0f6e"),
            _ => return false,
        };
        journey.hand().type_into(typed.0, typed.1).unwrap();
        if step.id.ends_with("subject") {
            journey.panel.press("confirm").unwrap();
        }
        journey.moved_on(step).unwrap();
        true
    });
    let app = &journey.world.tenant.apps("Contoso", &journey.plan.app.as_ref().unwrap().name).unwrap()[0];
    let made = &app["federated"][0];
    assert_eq!((&made["issuer"], &made["subject"]), (&json!(issuer), &json!("link-5c1f0f6e")), "{app}");
    assert_eq!(app["secrets"], json!([]), "nothing secret exists");
}
