//! `handrail guide service --out FOLDER`: what a Worker shows to people, in every language, as files that lie beside it.
//!
//! Whole pages (`home.de.page`, `guide-<id>.de.page`), the parts of pages that are put together when they are asked for
//! (`vendor.de.json`, `check.de.json`), the guides as `GET /api/guides` lists them (`guides.de.json`), every guide's
//! steps as words (`<guide>.renew.steps.de.json`), and what makes such steps of a vendor's own guide (`own.de.json`). The pages
//! are written in `worker/pages`, their words in `locales`.

mod language;
mod template;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use handrail_guide::load::model::Mode;
use handrail_guide::load::{Library, Variant, compile_with, linked, messages, variants};
use handrail_guide::plan::{PORTALS, Plan};
use handrail_guide::render::output;
use handrail_words::pseudo::Pseudo;
use serde_json::{Value, json};

use super::plans::{Said, own_messages, packed, pages, places};
use language::Language;
use template::{Parts, fill};

/// `handrail guide service`
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Folder to write to.
    #[arg(long, short)]
    out: PathBuf,
    /// One more guide, from a file anywhere; it is said in its own words.
    #[arg(long)]
    also: Option<PathBuf>,
    /// In two languages that nobody speaks, for tests, instead of those in `locales/`.
    #[arg(long)]
    pseudo: bool,
}

/// Writes the files.
pub(super) fn run(root: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut library = super::library(root)?;
    let languages = if arguments.pseudo {
        [Pseudo::Accented, Pseudo::Mirrored]
            .map(|pseudo| Language::pseudo(root, &library, pseudo))
            .into_iter()
            .collect()
    } else {
        Language::all(root, &library)
    };
    let languages: Vec<Language> = languages.context("the languages in locales/")?;
    let places = places(&library);
    if let Some(file) = &arguments.also {
        library.add_guide_file(file).map_err(|finding| super::failed(&[finding]))?;
    }
    std::fs::create_dir_all(&arguments.out)
        .with_context(|| format!("{} cannot be made", arguments.out.display()))?;
    let ways = ways(&library, &places)?;
    let mut pages = pages(&library)?;
    let packed = packed(&library, &mut pages, &places)?;
    for language in &languages {
        let to = Folder { path: &arguments.out, tag: language.tag.to_lowercase() };
        of_guides(&to, language, &ways).with_context(|| format!("the guides in {}", language.tag))?;
        of_own(&to, language, &packed, &pages).with_context(|| format!("own guides in {}", language.tag))?;
        of_pages(&to, root, language, &ways).with_context(|| format!("the pages in {}", language.tag))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Where the files of one language go.
struct Folder<'a> {
    path: &'a Path,
    /// In small letters, as the Worker asks for it.
    tag: String,
}

impl Folder<'_> {
    fn write(&self, name: &str, extension: &str, text: &str) -> anyhow::Result<()> {
        let file = self.path.join(format!("{name}.{}.{extension}", self.tag));
        std::fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))
    }
}

/// A plan of a guide, with messages in the place of what its guide and the recipes say.
struct Way {
    id: String,
    key: String,
    told: Value,
}

/// What a link can be for: setting up, renewing and removing in the usual way, and every way in which no secret is made.
fn asked_by_links(library: &Library, id: &str) -> Vec<Variant> {
    let usual = variants(library, id);
    let mut ways: Vec<Variant> = [Mode::Run, Mode::Renew, Mode::Remove]
        .iter()
        .filter_map(|mode| usual.iter().find(|way| way.mode == *mode).cloned())
        .collect();
    ways.extend(linked(library, id));
    ways
}

fn ways(library: &Library, places: &super::plans::Places) -> anyhow::Result<Vec<Way>> {
    let recipes = messages(library);
    let mut ways = Vec::new();
    for (id, guide) in &library.guides {
        let own = own_messages(id, &guide.file, places);
        let said = Said { own: &own, recipes: &recipes, places };
        for way in asked_by_links(library, id) {
            let plan =
                compile_with(library, id, way.options()).map_err(|findings| super::failed(&findings))?;
            let mut told = serde_json::to_value(&plan)?;
            said.name_texts(&mut told, false);
            ways.push(Way { id: id.clone(), key: way.key, told });
        }
    }
    Ok(ways)
}

/// The steps of every way as words, and the list of the guides.
fn of_guides(to: &Folder<'_>, language: &Language, ways: &[Way]) -> anyhow::Result<()> {
    let steps = output("steps").context("there are no steps as words")?;
    let mut list = BTreeMap::new();
    for way in ways {
        let plan = language.plan(&way.told)?;
        let text = (steps.render)(&plan).with_context(|| format!("no steps of {}", way.key))?;
        to.write(&format!("{}.steps", way.key), "json", &text)?;
        if way.key == way.id {
            list.insert(&way.id, entry(&plan));
        }
    }
    to.write("guides", "json", &json!({ "guides": list }).to_string())
}

/// What the page behind a link makes the steps of a vendor's own guide of.
fn of_own(to: &Folder<'_>, language: &Language, packed: &Value, pages: &[Value]) -> anyhow::Result<()> {
    let kinds = ["application", "delegated"]
        .map(|kind| Ok((kind, language.say(&format!("permission-{kind}"), "")?)))
        .into_iter()
        .collect::<anyhow::Result<BTreeMap<_, _>>>()?;
    let words = json!({"portals": PORTALS, "on-paper": language.on_paper()?, "kinds": kinds});
    let text = json!({"packed": language.packed(packed), "pages": pages, "words": words});
    to.write("own", "json", &text.to_string())
}

/// A guide as `GET /api/guides` lists it.
fn entry(plan: &Plan) -> Value {
    let asked = &plan.requirements.values;
    let fields = plan.values.iter().filter(|value| asked.contains_key(&value.id));
    let permissions = plan.sheet.permissions.iter();
    json!({
        "title": plan.title,
        "vendor": plan.vendor.name,
        "digest": plan.digest,
        "values": asked.keys().collect::<Vec<_>>(),
        "domains": plan.vendor.domains,
        "fields": fields.map(|value| (&value.id, value.kind)).collect::<Vec<_>>(),
        "purpose": plan.sheet.purpose,
        "permissions":
            permissions.map(|p| format!("{} ({}): {}", p.name, p.resource_name, p.why)).collect::<Vec<_>>(),
    })
}

/// Pages with parts that are put together when they are asked for.
const PUT_TOGETHER: [&str; 2] = ["vendor", "check"];

fn of_pages(to: &Folder<'_>, root: &Path, language: &Language, ways: &[Way]) -> anyhow::Result<()> {
    let read = |name: &str| -> anyhow::Result<Parts> {
        let file = root.join("worker/pages").join(format!("{name}.html"));
        let text =
            std::fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
        template::parts(&text, language).with_context(|| format!("worker/pages/{name}.html"))
    };
    let shell = read("shell")?;
    let whole = |title: &str, body: &str| fill(part(&shell, "page")?, &[("title", title), ("body", body)]);
    for name in PUT_TOGETHER {
        let mut parts = read(name)?;
        // Why something is refused, and what checks say.
        parts.extend(language.said(|id| id.starts_with("no-") || name == "check" && is_of_checks(id))?);
        let title = parts.remove("title").context("no title")?;
        parts.insert("document".to_owned(), whole(&title, "{*body}")?);
        to.write(name, "json", &json!(parts).to_string())?;
    }
    to.write("link", "page", part(&read("link")?, "page")?)?;
    let missing = read("missing")?;
    to.write("missing", "page", &whole(part(&missing, "title")?, part(&missing, "body")?)?)?;
    let code = read("code")?;
    let (asks, form) = (part(&code, "title")?, part(&code, "form")?);
    to.write("code", "page", &whole(asks, &fill(part(&code, "body")?, &[("form", form)])?)?)?;
    let (home, about) = (read("home")?, read("guide")?);
    let mut rows = String::new();
    for way in ways.iter().filter(|way| way.key == way.id) {
        let plan = language.plan(&way.told)?;
        rows.push_str(&fill(part(&home, "guide")?, &[("id", &plan.guide), ("title", &plan.title)])?);
        let (title, body) = guide(&about, &plan)?;
        to.write(&format!("guide-{}", plan.guide), "page", &whole(&title, &body)?)?;
    }
    let body = fill(part(&home, "body")?, &[("guides", &rows), ("code", asks), ("form", form)])?;
    to.write("home", "page", &whole(part(&home, "title")?, &body)?)
}

fn is_of_checks(id: &str) -> bool {
    ["reason-", "finding-", "label-", "cloud-", "reads-"].iter().any(|sort| id.starts_with(sort))
}

fn part<'a>(parts: &'a Parts, name: &str) -> anyhow::Result<&'a str> {
    parts.get(name).map(String::as_str).with_context(|| format!("the part `{name}` is missing"))
}

/// A guide's page: what will be asked for, and how to begin.
fn guide(parts: &Parts, plan: &Plan) -> anyhow::Result<(String, String)> {
    let sheet = &plan.sheet;
    let permission = part(parts, "permission")?;
    let permissions = sheet
        .permissions
        .iter()
        .map(|p| fill(permission, &[("name", &p.name), ("resource", &p.resource_name), ("why", &p.why)]));
    let leaves = part(parts, "leaves")?;
    let leaves = sheet.leaves.iter().map(|what| fill(leaves, &[("what", what)]));
    let role = part(parts, "role")?;
    let roles = sheet.roles.iter().map(|r| fill(role, &[("role", &r.role), ("why", &r.needed_for)]));
    let body = [
        ("title", plan.title.as_str()),
        ("purpose", &sheet.purpose),
        ("vendor", &plan.vendor.name),
        ("permissions", &permissions.collect::<anyhow::Result<String>>()?),
        ("leaves", &leaves.collect::<anyhow::Result<String>>()?),
        ("roles", &roles.collect::<anyhow::Result<String>>()?),
    ];
    Ok((fill(part(parts, "title")?, &[("title", &plan.title)])?, fill(part(parts, "body")?, &body)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    #[test]
    fn every_language_has_the_same_files_and_the_same_parts_with_the_same_places() {
        let folder = tempfile::tempdir().unwrap();
        for pseudo in [false, true] {
            let arguments = Arguments { out: folder.path().to_owned(), also: None, pseudo };
            run(&root(), &arguments).unwrap();
        }
        let mut by_tag: BTreeMap<String, BTreeMap<String, Vec<String>>> = BTreeMap::new();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let parts: Vec<&str> = name.rsplitn(3, '.').collect();
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(!text.contains("{{"), "{name}: a word is missing");
            let places =
                if ["vendor", "check"].contains(&parts[2]) { template::places(&text) } else { Vec::new() };
            by_tag.entry(parts[1].to_owned()).or_default().insert(parts[2].to_owned(), places);
        }
        let tags: Vec<&str> = by_tag.keys().map(String::as_str).collect();
        assert_eq!(tags, ["ar-xb", "de", "en", "en-xa", "es", "fr", "ja"]);
        for (tag, files) in &by_tag {
            assert_eq!(files, &by_tag["en"], "{tag}");
        }
        let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(read("home.de.page").contains("lang=\"de\" dir=\"ltr\""));
        assert!(read("home.ar-xb.page").contains("lang=\"ar-XB\" dir=\"rtl\""));
        assert!(read("securus360.steps.de.json").contains("App-Registrierung"));
        assert!(!read("securus360.steps.ja.json").contains("{tenant}"));
        assert!(read("own.de.json").contains("App benennen"));
        for tag in tags {
            let own: Value = serde_json::from_str(&read(&format!("own.{tag}.json"))).unwrap();
            assert!(
                !own["packed"]["recipes"].to_string().contains("\"t\":["),
                "{tag}: a message has no words"
            );
            let joints = own["packed"]["joints"].as_object().unwrap();
            assert!(
                joints.values().all(|joint| joint[0].is_null() && joint[1].is_string()),
                "{tag}: {joints:?}"
            );
        }
    }
}
