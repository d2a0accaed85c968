//! The hand at the practice portal, without any extension: what it does there, the practice tenant knows.

use handrail_world::browser::{Browser, Options};
use handrail_world::person::Hand;
use handrail_world::tenant::Tenant;
use serde_json::json;

const CREATE: &str = "https://portal.azure.com/#view/Microsoft_AAD_RegisteredApps/CreateApplicationBlade/quickStartType~/null/isMSAApp~/false";

#[test]
fn an_app_registered_by_hand_is_known_to_the_practice_tenant_in_either_kind_of_page() {
    let portal = handrail_world::dist::part("portal").unwrap();
    let tenant = Tenant::start(Some(portal), 0, 0).unwrap();
    let options = Options {
        rules: tenant.host_rules(),
        trusted_spki: vec![tenant.spki().to_owned()],
        ..Options::default()
    };
    let browser = Browser::launch(options).unwrap();
    for frame in ["top", "react"] {
        tenant.scenario(&json!({"frame": frame, "csp": "strict"})).unwrap();
        let page = browser.open(CREATE).unwrap();
        let hand = Hand { page: &page };
        let name = format!("Made in {frame}");
        hand.type_into("register-application.name", &name).unwrap();
        hand.press_control("register-application.register").unwrap();
        let shown = hand.text_of("app-overview.client-id").unwrap();
        let apps = tenant.apps("Contoso", &name).unwrap();
        assert_eq!(apps.len(), 1, "{apps:?}");
        assert!(shown.contains(apps[0]["appId"].as_str().unwrap()), "{shown}");
    }
}
