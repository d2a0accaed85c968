// The peer of `cargo xtask bench check`: what a JavaScript author would write for the same job, straight on, with `jose`.
// It asks Microsoft the same questions, at the same time where they do not wait for one another, checks the same things,
// keeps the same limits (checks of an address, lengths, time) and answers a report of the same shape.
import { decodeJwt } from "jose";

const LOGIN = "login.microsoftonline.com";
const MANAGE = "manage.office.com";
const GUIDE = { id: "securus360", roles: ["ActivityFeed.Read", "ActivityFeed.ReadDlp"] };
const RESOURCES = {
  management: { name: "Office 365 Management APIs", id: "c5393580-f805-4401-95e8-94b7a6ef2fc2", scope: `https://${MANAGE}/.default`, aud: ["https://manage.office.com", "https://manage.office.com/", "c5393580-f805-4401-95e8-94b7a6ef2fc2"] },
  graph: { name: "Microsoft Graph", id: "00000003-0000-0000-c000-000000000000", scope: "https://graph.microsoft.com/.default", aud: ["https://graph.microsoft.com", "https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000"] },
  exchange: { name: "Office 365 Exchange Online", id: "00000002-0000-0ff1-ce00-000000000000", scope: "00000002-0000-0ff1-ce00-000000000000/.default", aud: ["https://outlook.office365.com", "https://outlook.office365.com/", "00000002-0000-0ff1-ce00-000000000000"] },
  sharepoint: { name: "SharePoint", id: "00000003-0000-0ff1-ce00-000000000000", scope: "00000003-0000-0ff1-ce00-000000000000/.default", aud: ["00000003-0000-0ff1-ce00-000000000000"] },
};
const CODES = {
  7000215: ["secret-wrong", "failed", "Microsoft knows directory and app, but not this secret.", "Make a new client secret and copy its Value."],
  7000222: ["secret-expired", "failed", "The secret has expired.", "Make a new client secret and note its end date."],
  700016: ["app-not-found", "failed", "There is no app with this client ID in this directory.", "Compare both IDs with the app's Overview page."],
  90002: ["tenant-unknown", "failed", "Microsoft knows no such directory.", "Copy the Directory (tenant) ID again."],
  500011: ["resource-missing", "failed", "The API does not exist in this directory yet.", "Add its permissions and grant admin consent."],
  53003: ["blocked-by-policy", "could-not-tell", "A Conditional Access policy blocked the sign-in.", "Look at the policy."],
};
const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const SECRET = /^[\w.~-]{3}[78]Q~[\w.~-]{31,34}$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i;
const HEADERS = {
  "content-type": "application/json; charset=utf-8",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "permissions-policy": "interest-cohort=()",
  "strict-transport-security": "max-age=31536000; includeSubDomains",
  "access-control-allow-origin": "*",
};

// What the Worker limits: checks in a minute of one address (practice: none), bytes of an answer, milliseconds to wait for one.
const PER_MINUTE = Infinity;
const MAX_ANSWER = 256 * 1024;
const PATIENCE = 10_000;
const counts = new Map();
let counted = 0;

function isTooOften(address) {
  const minute = Math.floor(Date.now() / 60_000);
  if (minute !== counted || counts.size >= 4096) {
    counted = minute;
    counts.clear();
  }
  const count = (counts.get(address) ?? 0) + 1;
  counts.set(address, count);
  return count > PER_MINUTE;
}

const refuse = (status, code) => new Response(JSON.stringify({ error: { code } }), { status, headers: HEADERS });

export default {
  async fetch(request) {
    const url = new URL(request.url);
    if (request.method !== "POST" || url.pathname !== "/api/check") return refuse(404, "not-found");
    if (!(request.headers.get("content-type") ?? "").startsWith("application/json")) return refuse(415, "json-required");
    const length = request.headers.get("content-length");
    if (length === null) return refuse(411, "length-required");
    if (length > 16384) return refuse(413, "too-large");
    if (isTooOften(request.headers.get("cf-connecting-ip"))) return refuse(429, "too-often");
    const text = await request.text();
    if (text.length > 16384) return refuse(413, "too-large");
    let body;
    try {
      body = JSON.parse(text);
    } catch {
      return refuse(400, "bad-request");
    }
    if (body.guide !== GUIDE.id || typeof body.values !== "object") return refuse(400, "unknown-guide");
    return new Response(JSON.stringify(await check(body.values)), { status: 200, headers: HEADERS });
  },
};

async function check(values) {
  const report = { format: 1, guide: GUIDE.id, verdict: "could-not-tell", "retry-after": null, time: new Date().toISOString(), cloud: null, tenant: null, checks: [], surplus: [], missing: [], "not-checked": [], ask: null };
  const traces = [];
  const say = (id, topic, verdict, code, what, next = "", trace = {}) =>
    report.checks.push({ id, topic, verdict, code, what, next, who: next ? "admin" : "nobody", step: null, aadsts: trace.aadsts ?? null, "correlation-id": trace.correlation ?? null, "trace-id": trace.trace ?? null, at: new Date().toISOString() });
  const tenantId = cleaned(values["tenant-id"]);
  const clientId = cleaned(values["client-id"]);
  const secret = cleaned(values["client-secret"]);
  const domain = cleaned(values["tenant-domain"]);
  const format = (id, right) => say(`format.${id}`, id, right ? "passed" : "failed", right ? "format-right" : "format-wrong", right ? `${id}: the form is right.` : `${id}: the form is wrong.`, right ? "" : "Copy it again.");
  format("client-id", GUID.test(clientId));
  format("client-secret", SECRET.test(secret));
  format("tenant-domain", DOMAIN.test(domain));
  format("tenant-id", GUID.test(tenantId));
  if (!GUID.test(tenantId) || !GUID.test(clientId)) return finish(report);

  const found = await discovery(tenantId);
  if (!found.tenant) {
    problem(say, "tenant", found);
    return finish(report);
  }
  report.tenant = found.tenant;
  report.cloud = "worldwide";
  say("tenant", "tenant-id", "passed", "tenant-found", `The directory exists (${found.tenant}).`);
  const main = RESOURCES.management;
  const [owner, issued] = await Promise.all([discovery(domain), token(found.tenant, clientId, secret, main)]);
  if (owner.tenant === found.tenant) say("domain", "tenant-domain", "passed", "domain-belongs", `The domain ${domain} belongs to this directory.`);
  else say("domain", "tenant-domain", "failed", "domain-of-other-tenant", "The domain belongs to another directory.", "Copy it again.");

  traces.push(issued.correlation);
  if (!issued.token) {
    problem(say, "token.office-365-management", issued);
    return finish(report);
  }
  say("token.office-365-management", "client-secret", "passed", "token-issued", `Microsoft issued a token for ${main.name}.`);
  const claims = read(issued.token);
  const right = isRight(claims, main, found.tenant, clientId);
  say("claims.office-365-management", "app", right ? "passed" : "could-not-tell", right ? "claims-right" : "token-elsewhere", right ? `The token for ${main.name} is for this directory and this app, and it is valid now.` : "The token is for something else.");
  const roles = claims?.roles ?? [];
  const missing = GUIDE.roles.filter((role) => !roles.includes(role));
  report.missing = missing.map((role) => ({ resource: main.name, role }));
  report.surplus = roles.filter((role) => !GUIDE.roles.includes(role)).map((role) => ({ resource: main.name, role }));
  say("roles.office-365-management", "permission", missing.length ? "failed" : "passed", missing.length ? "permission-missing" : "roles-granted", `${main.name}: ${missing.length ? "the app lacks " + missing.join(", ") : "every permission asked for is granted"}.`);
  const others = [RESOURCES.graph, RESOURCES.exchange, RESOURCES.sharepoint];
  const [{ response: list, json: listed }, ...tokens] = await Promise.all([
    ask(`https://${MANAGE}/api/v1.0/${found.tenant}/activity/feed/subscriptions/list`, { headers: { authorization: `Bearer ${issued.token}`, accept: "application/json" } }),
    ...others.map((other) => token(found.tenant, clientId, secret, other)),
  ]);
  if (list.status === 200 && Array.isArray(listed)) say("probe.management-subscriptions", "permission", "passed", "subscriptions-listed", "The Management API accepts the app for this directory.");
  else say("probe.management-subscriptions", "permission", "could-not-tell", "probe-refused", "The Management API did not accept the token.");
  for (const [at, other] of others.entries()) {
    const more = tokens[at];
    const held = more.token && read(more.token);
    if (held && isRight(held, other, found.tenant, clientId)) for (const role of held.roles ?? []) report.surplus.push({ resource: other.name, role });
    else report["not-checked"].push(`Permissions for ${other.name}.`);
  }
  say("surplus", "permission", "passed", report.surplus.length ? "surplus-roles" : "surplus-none", "The app has no more permissions than asked for, as far as was looked at.");
  const ids = traces.filter(Boolean).map((id) => `"${id}"`).join(", ");
  report.ask = { place: "Log Analytics", query: `AADServicePrincipalSignInLogs\n| where AppId == "${clientId}"\n| where CorrelationId in (${ids}) or UniqueTokenIdentifier in ("${claims?.uti ?? ""}")` };
  return finish(report);
}

// What copying adds: invisible characters, blanks and quotes around.
function cleaned(value) {
  const visible = String(value ?? "").replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]/g, "");
  return visible.trim().replace(/^["'<{`]+|["'>}`,;]+$/g, "");
}

function finish(report) {
  const any = (verdict) => report.checks.some((c) => c.verdict === verdict);
  report.verdict = any("failed") ? "failed" : any("could-not-tell") || !report.checks.length ? "could-not-tell" : "passed";
  return report;
}

// One question: no redirect, a limit of time and of the answer's length. What cannot be asked is an answer of status 0.
async function ask(url, init) {
  let response = { status: 0, headers: new Headers() };
  try {
    response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    return { response, json: JSON.parse(await beginning(response)) };
  } catch {
    return { response, json: null };
  }
}

async function beginning(response) {
  const length = response.headers.get("content-length");
  if (length !== null && length <= MAX_ANSWER && !response.headers.has("content-encoding")) return response.text();
  const decoder = new TextDecoder();
  let text = "";
  let read = 0;
  for await (const part of response.body ?? []) {
    read += part.length;
    text += decoder.decode(part, { stream: true });
    if (read > MAX_ANSWER) break;
  }
  return text;
}

function trouble(response, json) {
  const codes = json?.error_codes ?? [];
  const text = json?.error_description ?? "";
  return {
    aadsts: codes[0] ?? Number(/AADSTS(\d+)/.exec(text)?.[1] ?? 0),
    correlation: json?.correlation_id ?? response.headers.get("client-request-id"),
    trace: json?.trace_id ?? response.headers.get("x-ms-request-id"),
    status: response.status,
  };
}

async function discovery(name) {
  const { response, json } = await ask(`https://${LOGIN}/${encodeURIComponent(name)}/v2.0/.well-known/openid-configuration`, { headers: { accept: "application/json" } });
  if (response.status !== 200 || !json) return trouble(response, json);
  return { tenant: json.issuer?.split("/").find((part) => GUID.test(part))?.toLowerCase() };
}

async function token(tenant, client, secret, resource) {
  const body = new URLSearchParams({ client_id: client, scope: resource.scope, client_secret: secret, grant_type: "client_credentials" });
  const { response, json } = await ask(`https://${LOGIN}/${tenant}/oauth2/v2.0/token`, { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" }, body: body.toString() });
  if (response.status !== 200 || typeof json?.access_token !== "string") return trouble(response, json);
  return { token: json.access_token, correlation: response.headers.get("client-request-id") };
}

function read(token) {
  try {
    return decodeJwt(token);
  } catch {
    return null;
  }
}

function isRight(claims, resource, tenant, client) {
  const now = Date.now() / 1000;
  const app = claims?.appid ?? claims?.azp;
  return Boolean(claims) && resource.aud.some((aud) => claims.aud === aud || String(claims.aud).startsWith(`${aud}/`)) && claims.tid?.toLowerCase() === tenant && app?.toLowerCase() === client.toLowerCase() && claims.exp > now - 300 && claims.nbf < now + 300;
}

function problem(say, id, found) {
  const [code, verdict, what, next] = CODES[found.aadsts] ?? ["unknown", "could-not-tell", "Microsoft answered something that is not known here.", ""];
  say(id, "client-secret", verdict, code, what, next, found);
}
