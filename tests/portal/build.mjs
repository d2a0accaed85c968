// Builds the practice portal: two bundles (the shell and what runs in React frames), their documents and the icon fonts.
import { cpSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? "target/handrail/portal");

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: { portal: join(here, "src/portal.tsx"), frame: join(here, "src/frame.tsx"), purview: join(here, "src/purview.tsx") },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  jsx: "automatic",
  loader: { ".css": "text" },
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  logLevel: "warning",
});
for (const page of ["index.html", "frame.html", "purview.html"]) cpSync(join(here, page), join(out, page));
const fonts = resolve(here, "../../node_modules/@fluentui/font-icons-mdl2/fonts");
for (const font of readdirSync(fonts)) if (font.endsWith(".woff")) cpSync(join(fonts, font), join(out, font));
