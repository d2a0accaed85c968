//! Names that people and programs give to the values, in several languages: the label before a value tells its kind.

use crate::check::Kind;

/// Names in lower case, letters and digits alone; a longer one is preferred where two end at the same place.
const LABELS: &[(Kind, &[&str])] = &[
    (
        Kind::TenantId,
        &[
            "tenantid",
            "tenant",
            "directoryid",
            "directorytenantid",
            "tenantguid",
            "mandantenid",
            "verzeichnisid",
            "verzeichnisidmandant",
            "mandant",
            "iddelannuaire",
            "idannuaire",
            "iddannuaire",
            "idlocataire",
            "iddulocataire",
            "iddedirectorio",
            "iddeinquilino",
            "iddeldirectorio",
            "iddirectory",
            "idtenant",
            "iddodiretório",
            "iddolocatario",
            "directoryidtenant",
            "テナントid",
            "ディレクトリid",
            "租户id",
            "目录租户id",
            "microsoftonlinecom",
            "loginmicrosoftonlinecom",
            "loginmicrosoftonlineus",
            "stswindowsnet",
        ],
    ),
    (
        Kind::ClientId,
        &[
            "clientid",
            "applicationid",
            "appid",
            "applicationclientid",
            "applicationidclient",
            "serviceprincipalid",
            "anwendungsid",
            "anwendungsidclient",
            "anwendungsclientid",
            "idapplication",
            "iddapplication",
            "iddapplicationclient",
            "idclient",
            "iddelaplicacion",
            "iddeaplicacion",
            "iddeaplicación",
            "iddeaplicacióncliente",
            "iddelaaplicación",
            "iddecliente",
            "idapplicazione",
            "iddoaplicativo",
            "アプリケーションid",
            "クライアントid",
            "应用程序id",
            "客户端id",
            "应用程序客户端id",
            "consumerkey",
        ],
    ),
    (
        Kind::ObjectId,
        &[
            "objectid",
            "objektid",
            "iddobjet",
            "iddelobjet",
            "iddeobjeto",
            "iddelobjeto",
            "idoggetto",
            "オブジェクトid",
            "对象id",
        ],
    ),
    (
        Kind::SecretId,
        &[
            "secretid",
            "keyid",
            "clientsecretid",
            "geheimnisid",
            "geheimeid",
            "iddusecret",
            "idsecret",
            "iddelsecreto",
            "idsegreto",
            "iddosegredo",
            "シークレットid",
            "密码id",
            "机密id",
        ],
    ),
    (
        Kind::ClientSecret,
        &[
            "clientsecret",
            "secret",
            "secretvalue",
            "clientsecretvalue",
            "secretkey",
            "appsecret",
            "apppassword",
            "password",
            "loginpassword",
            "value",
            "applicationsecret",
            "applicationpassword",
            "clientpassword",
            "clientkey",
            "apikey",
            "wert",
            "geheimnis",
            "clientgeheimnis",
            "geheimerclientschlüssel",
            "geheimerschlüssel",
            "clientschlüssel",
            "valeur",
            "secretclient",
            "cléssecrète",
            "clésecrète",
            "valor",
            "secretodecliente",
            "secretodelcliente",
            "contraseña",
            "motdepasse",
            "kennwort",
            "passwort",
            "valore",
            "segreto",
            "segredo",
            "シークレット",
            "値",
            "机密",
            "客户端密码",
            "值",
        ],
    ),
    (
        Kind::TenantDomain,
        &[
            "domain",
            "tenantdomain",
            "primarydomain",
            "tenantname",
            "primärdomäne",
            "primäredomäne",
            "domäne",
            "domaine",
            "domaineprincipal",
            "dominio",
            "dominioprincipal",
            "domínio",
            "ドメイン",
            "域名",
            "initialdomain",
        ],
    ),
    (
        Kind::Thumbprint,
        &[
            "thumbprint",
            "certificatethumbprint",
            "fingerprint",
            "fingerabdruck",
            "empreinte",
            "huella",
            "huelladigital",
            "拇印",
            "指纹",
        ],
    ),
    (
        Kind::ExpiryDate,
        &["expires", "expiry", "expirydate", "enddate", "expiration", "läuftab", "gültigbis", "expireson"],
    ),
];

/// Languages that Handrail does not speak, and names that only programs use: where the size of the program allows it.
const MORE_LABELS: &[(Kind, &[&str])] = if cfg!(feature = "texts") {
    &[
        (
            Kind::TenantId,
            &[
                "microsoftonlinecn",
                "ciamlogincom",
                "mapidtenant",
                "identyfikatorkatalogu",
                "identyfikatordzierżawy",
                "katalogid",
                "mappeid",
                "hakemistonvuokraajantunnus",
                "dizinkiracikimliği",
                "kiracikimliği",
                "kiraciid",
                "lejerid",
                "테넌트id",
                "iddzierżawy",
                "iddeltenant",
                "iddelinquilino",
                "iddolocatário",
                "identifiantdulocataire",
                "identificadordeinquilino",
                "identificadordelinquilino",
                "identificadordolocatário",
                "디렉터리테넌트id",
                "идентификаторкаталога",
                "címtárbérlőazonosítója",
                "目錄租用戶識別碼",
                // Of Microsoft's libraries: the directory comes first.
                "clientsecretcredential",
            ],
        ),
        (
            Kind::ClientId,
            &[
                "toepassingsid",
                "identyfikatoraplikacji",
                "identyfikatorklienta",
                "programid",
                "sovelluksenasiakkaantunnus",
                "idaplikace",
                "uygulamaistemcikimliği",
                "istemcikimliği",
                "uygulamaid",
                "applicatieid",
                "klientid",
                "클라이언트id",
                "idaplikacji",
                "iddocliente",
                "iddellapplicazione",
                "identificadordecliente",
                "identificadordelcliente",
                "identificadordocliente",
                "idklienta",
                // In Microsoft's own sentences.
                "applicationwithid",
                "applicationwithidentifier",
                "addedtoapp",
                "keysforapp",
                "애플리케이션클라이언트id",
                "идентификаторприложения",
                "alkalmazásügyfélazonosítója",
                "應用程式用戶端識別碼",
                "oauth2key",
                // Of Microsoft's libraries: the app comes first.
                "confidentialclientapplication",
            ],
        ),
        (
            Kind::ObjectId,
            &[
                "iddoobjeto",
                "identyfikatorobiektu",
                "idobjektu",
                "nesnekimliği",
                "principalid",
                "objectprincipalid",
            ],
        ),
        (
            Kind::SecretId,
            &[
                "iddesgeheimenschlüssels",
                "geheimid",
                "identyfikatorwpisutajnego",
                "idtajnéhokódu",
                "gizlidizikimliği",
            ],
        ),
        (
            Kind::ClientSecret,
            &[
                "secrettext",
                "pwd",
                "appkey",
                "waarde",
                "clientgeheim",
                "wartość",
                "kluczklienta",
                "klucztajnyklienta",
                "tajnýkódklienta",
                "wpistajnyklienta",
                "tajemstvíklienta",
                "istemcigizlidizisi",
                "istemciparolasi",
                "クライアントシークレット",
                "clientcredential",
                "serviceprincipalkey",
                "geheimeschlüssel",
                "klienthemlighet",
                "klienthemmelighed",
                "klienthemmelighet",
                "asiakasohjelmansalaisuus",
                "tajnýklíčklienta",
                "istemcigizlianahtari",
                "클라이언트비밀",
                "секретклиента",
                "titkosügyfélkód",
                "用戶端密碼",
            ],
        ),
        (
            Kind::Thumbprint,
            &["customkeyidentifier", "vingerafdruk", "odciskpalca", "otiskcertifikátu", "parmakizi"],
        ),
    ]
} else {
    &[]
};

/// Names of IDs, or of what has one, that are none of the values, though a name of one stands before them or ends as they do.
#[cfg(feature = "texts")]
const OTHER_IDS: &[&str] = &[
    "subscription",
    "suscripción",
    "sottoscrizione",
    "abonnement",
    "assinatura",
    // Of a list that Graph answers: `"value": [{ "id": …`.
    "valueid",
    "resourceappid",
    "traceid",
    "correlationid",
    "requestid",
    "certificateid",
    "managementgroupid",
    "groupid",
    "userid",
    "deviceid",
    "sessionid",
    "operationid",
    "workspaceid",
    "environmentid",
];

/// Whether such an ID is named last: behind the place where the name of a value ends, or longer there.
#[cfg(feature = "texts")]
fn is_other_id(near: &str, best: Option<(usize, usize, Kind)>) -> bool {
    let places = OTHER_IDS.iter().filter_map(|name| near.rfind(name).map(|at| (at + name.len(), name.len())));
    places.max().is_some_and(|place| best.is_none_or(|(end, len, _)| place > (end, len)))
}

/// Letters alike that a screenshot's reader takes for each other, as one of them.
#[cfg(feature = "texts")]
fn folded(name: &str) -> String {
    name.chars()
        .map(|c| match c {
            '1' | 'l' | 'i' => 'l',
            '0' | 'o' => 'o',
            other => other,
        })
        .collect()
}

/// The kind whose name ends the text, read with such letters taken for each other. Shorter names would be found in others.
#[cfg(feature = "texts")]
fn kind_misread(near: &str) -> Option<Kind> {
    const LONG: usize = 8;
    let near = folded(near);
    let all = LABELS.iter().chain(MORE_LABELS);
    let mut named = all.flat_map(|(kind, names)| names.iter().map(move |name| (kind, name)));
    named.find(|(_, name)| name.len() >= LONG && near.ends_with(&folded(name))).map(|(kind, _)| *kind)
}

/// What password managers call the column before the password's, as above: of an app it holds the client ID.
const LOGINS: &[&str] = &[
    "username",
    "loginname",
    "login",
    "loginusername",
    "user",
    "benutzername",
    "benutzer",
    "anmeldename",
    "nomdutilisateur",
    "identifiant",
    "utilisateur",
    "usuario",
    "nombredeusuario",
    "nomeutente",
    "ユーザー名",
    "用户名",
];

/// Whether a column's header is a password manager's for who signs in.
pub(crate) fn is_login(text: &str) -> bool {
    LOGINS.contains(&squeeze(text).as_str())
}

/// Letters that are read before a value, at most: further away stands something else.
const REACH: usize = 64;

/// Letters and digits alone, in lower case.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).map(small).collect()
}

/// A letter in lower case. Turkish has two of one, which other languages write alike.
#[cfg(feature = "texts")]
fn small(letter: char) -> char {
    if letter == 'ı' { 'i' } else { letter.to_lowercase().next().unwrap_or(letter) }
}

/// A letter in lower case, for the scripts of the labels: those of Western Europe, and scripts that have no case. The
/// standard library knows all others too, with a table that would be a thirtieth of the link page.
#[cfg(not(feature = "texts"))]
const fn small(letter: char) -> char {
    match letter {
        'À'..='Þ' if letter != '×' => (letter as u8).wrapping_add(0x20) as char,
        _ => letter.to_ascii_lowercase(),
    }
}

/// Whether a password manager's file has who signs in here: `<Key>UserName</Key><Value>`.
#[cfg(feature = "texts")]
fn is_key_of_login(before: &str) -> bool {
    before.trim_end_matches("Key").trim_end().rsplit(' ').next().is_some_and(is_login)
}

/// The kind that the text before a value names last.
pub(crate) fn kind_before(context: &str) -> Option<Kind> {
    // An arrow or dots may lead to the value.
    let context = if cfg!(feature = "texts") {
        context.trim_end_matches(|c: char| !c.is_alphanumeric())
    } else {
        context.trim_end()
    };
    let (before, last) = context.rsplit_once(' ').unwrap_or(("", context));
    // In `key="ClientId" value="…"` the key says what the value is.
    if squeeze(last) == "value"
        && let Some(kind) = kind_before(before)
    {
        return Some(kind);
    }
    #[cfg(feature = "texts")]
    if squeeze(last) == "value" && is_key_of_login(before) {
        return Some(Kind::ClientId);
    }
    // A screenshot's `ID` is often read as `lD`.
    let squeezed =
        if cfg!(feature = "texts") { squeeze(&context.replace(" lD", " ID")) } else { squeeze(context) };
    let skip = squeezed.chars().count().saturating_sub(REACH);
    let near: String = squeezed.chars().skip(skip).collect();
    let mut best: Option<(usize, usize, Kind)> = None;
    for (kind, names) in LABELS.iter().chain(MORE_LABELS) {
        for name in *names {
            if let Some(at) = near.rfind(name) {
                let place = (at + name.len(), name.len(), *kind);
                if best.is_none_or(|(end, len, _)| (place.0, place.1) > (end, len)) {
                    best = Some(place);
                }
            }
        }
    }
    #[cfg(feature = "texts")]
    if is_other_id(&near, best) {
        return kind_named(last);
    }
    let kind = best.map(|(_, _, kind)| kind).or_else(|| kind_named(last));
    #[cfg(feature = "texts")]
    let kind = kind.or_else(|| kind_misread(&near));
    kind
}

/// The kind whose name the text is, as a column's header or a line of its own.
pub(crate) fn kind_named(text: &str) -> Option<Kind> {
    let name = squeeze(text);
    let name = name.trim_start_matches("azure").trim_start_matches("arm").trim_start_matches("aad");
    if ["client", "app", "application", "anwendung"].contains(&name) {
        return Some(Kind::ClientId);
    }
    // Claims of a token; as part of a longer name they would be something else. The link's page has no room for them.
    match name {
        "tid" if cfg!(feature = "texts") => return Some(Kind::TenantId),
        "x5t" | "x5ts256" if cfg!(feature = "texts") => return Some(Kind::Thumbprint),
        "oid" if cfg!(feature = "texts") => return Some(Kind::ObjectId),
        _ => {}
    }
    let mut all = LABELS.iter().chain(MORE_LABELS);
    all.find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::{LABELS, LOGINS, MORE_LABELS, is_login, kind_before, kind_named, squeeze};
    use crate::check::Kind;

    #[test]
    fn every_label_is_known_in_capitals() {
        for name in LABELS.iter().chain(MORE_LABELS).flat_map(|(_, names)| *names).chain(LOGINS) {
            assert_eq!(squeeze(name), name.to_lowercase());
            assert_eq!(squeeze(&name.to_uppercase()), *name);
        }
        assert_eq!(squeeze("Ä×ÞßÿÐ"), "äþßÿð", "the sign between the letters is none");
    }

    #[test]
    fn labels_are_known_in_their_spellings() {
        for (text, kind) in [
            ("Directory (tenant) ID : ", Kind::TenantId),
            ("AZURE_CLIENT_ID=", Kind::ClientId),
            ("\"clientSecret\": \"", Kind::ClientSecret),
            ("Secret ID\t", Kind::SecretId),
            ("the Object ID of the app is ", Kind::ObjectId),
            ("Verzeichnis-ID (Mandant)", Kind::TenantId),
            ("https://login.microsoftonline.com/", Kind::TenantId),
            (" add key ida ClientId value", Kind::ClientId),
            (" Client", Kind::ClientId),
            ("secret added to app '", Kind::ClientId),
            ("Application with identifier '", Kind::ClientId),
            ("Kiracı ID: ", Kind::TenantId),
            ("ID dzierżawy: ", Kind::TenantId),
            ("ID do locatário é ", Kind::TenantId),
            ("Lejer-id: ", Kind::TenantId),
            ("테넌트 ID: ", Kind::TenantId),
            ("Identifiant du locataire : ", Kind::TenantId),
            ("Klient-id: ", Kind::ClientId),
            ("Applicatie-ID: ", Kind::ClientId),
            ("ID aplikacji: ", Kind::ClientId),
            ("클라이언트 ID: ", Kind::ClientId),
            ("Object (principal) ID ", Kind::ObjectId),
            ("ID objektu: ", Kind::ObjectId),
            ("Nesne kimliği: ", Kind::ObjectId),
            ("Gizli dizi kimliği: ", Kind::SecretId),
            ("ID tajného kódu: ", Kind::SecretId),
            ("Otisk certifikátu: ", Kind::Thumbprint),
            ("Parmak izi: ", Kind::Thumbprint),
        ] {
            assert_eq!(kind_before(text), Some(kind), "{text}");
        }
        assert_eq!(kind_before("please find it here: "), None);
        assert_eq!(kind_before(r#""value": [{ "id": ""#), None, "of a list");
        assert_eq!(kind_named("ARM_TENANT_ID"), Some(Kind::TenantId));
        assert_eq!(kind_named("our tenant"), None);
        assert!(is_login("Login Name") && is_login("login_username") && !is_login("display name"));
    }
}
