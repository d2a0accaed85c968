// What newer labels may say: other words for packaged controls and pages, and other ways to find them by words. The same rules as
// in `crates/guide/src/labels.rs`, which has the reasons; a test runs both on the same cases.
const BY = ["telemetry", "form-element", "attribute", "role", "label", "field", "text"];

const isText = (text) => typeof text === "string";
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isList = (list, fits) => Array.isArray(list) && list.length > 0 && list.length <= 24 && list.every(fits);
const isName = (text) => isText(text) && /^[a-z\d-]*$/i.test(text);
const isLabel = (text) => isText(text) && /\S/.test(text) && [...text].length <= 120 && !/[\p{Cc}<{}*`]/u.test(text);

const WAY = {
  by: (by) => BY.includes(by),
  how: (how) => how === "exact" || how === "prefix",
  of: isName,
  roles: (roles) => isList(roles, isName),
  text: (languages) => isObject(languages) && isList(Object.values(languages), (texts) => isList(texts, isLabel)),
};
const isWay = (way) =>
  isObject(way) && "text" in way && Object.entries(way).every(([name, value]) => Object.hasOwn(WAY, name) && WAY[name](value));

const texts = (ways) => (ways ?? []).flatMap((way) => Object.values(way.text).flat());

// As before but for labels, between `**`, which are among the words it is found by.
const isCalled = (now, was, foundBy) => {
  if (!isText(now) || !isText(was)) return false;
  const [new_, old] = [now.split("**"), was.split("**")];
  return new_.length === old.length && new_.every((part, n) => part === old[n] || (n % 2 === 1 && foundBy.includes(part)));
};

const isEntry = (entry, part) =>
  isObject(entry) &&
  part.read !== "text" &&
  // Ways first: what it is called is held against them.
  ["locators", "recognise"].every((name) => {
    const known = part[name]?.map((way) => JSON.stringify(way));
    return !(name in entry) || (known && isList(entry[name], (way) => isWay(way) || known.includes(JSON.stringify(way))));
  }) &&
  Object.keys(entry).every((name) => ["locators", "recognise", "called"].includes(name)) &&
  (!("called" in entry) || isCalled(entry.called, part.called, texts(entry.locators)));

// Whether no other control of the page is found by a text that is new to this one.
const isAlone = (id, labels, part, page) => {
  const others = page.controls.filter((other) => other.id !== id);
  const taken = others.flatMap((other) => texts(other.locators).concat(texts(labels[other.id]?.locators)));
  const known = texts(part.locators);
  return texts(labels[id].locators).every((text) => known.includes(text) || !taken.includes(text));
};

const places = (id, pages) =>
  pages.flatMap((page) => [page, ...page.controls].filter((part) => part.id === id).map((part) => [part, page]));

const isNumber = (number) => Number.isInteger(number) && number >= 0;

// Whether claims have the form of labels, and every entry is about something packaged.
export const fits = (claims, pages) => {
  const { version, replaces, revoked, extension, labels, ...more } = claims;
  const isClaims =
    isNumber(version) && (replaces === null || isNumber(replaces)) && Array.isArray(revoked) && revoked.every(isNumber);
  if (!isClaims || !isText(extension) || !isObject(labels) || Object.keys(more).length > 0) return false;
  const ids = Object.keys(labels);
  const each = (holds) => ids.every((id) => places(id, pages).every(([part, page]) => holds(id, part, page)));
  return (
    ids.length + revoked.length > 0 &&
    ids.every((id) => places(id, pages).length > 0) &&
    each((id, part) => isEntry(labels[id], part)) &&
    each((id, part, page) => isAlone(id, labels, part, page))
  );
};
