// SPDX-License-Identifier: EUPL-1.2
// Makes src/web/static/peil.css: the design system's styles in cascade layers, without the custom
// properties that nothing reaches. `node build.js DIR` writes to another folder (make css-check).
import { build, transform } from "esbuild";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import postcss from "postcss";

const out = process.argv[2] ?? "../src/web/static";
const fonts = ["noto-sans-latin-wght-normal.woff2", "noto-sans-latin-ext-wght-normal.woff2"];
const targets = ["chrome111", "firefox113", "safari16.4"];

const used = (value) => [...value.matchAll(/var\(\s*(--[\w-]+)/g)].map((m) => m[1]);
const own = (decl) => decl.prop.startsWith("--");

// Custom properties that a normal declaration reaches, directly or through other custom properties.
function reachable(root) {
  const values = new Map();
  const todo = [];
  root.walkDecls((d) => {
    if (own(d)) values.set(d.prop, [...(values.get(d.prop) ?? []), ...used(d.value)]);
    else todo.push(...used(d.value));
  });
  const seen = new Set();
  while (todo.length) {
    const name = todo.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    todo.push(...(values.get(name) ?? []));
  }
  return seen;
}

// Tokens that nothing defines: `color: var(--x)` without a fallback would reset what the cascade gave.
function dropUndefined(root) {
  const defined = new Set();
  root.walkDecls((d) => {
    if (own(d)) defined.add(d.prop);
  });
  let dropped = 0;
  root.walkDecls((d) => {
    const m = d.value.match(/^var\(\s*(--[\w-]+)\s*\)$/);
    if (!m || defined.has(m[1])) return;
    d.remove();
    dropped++;
  });
  return dropped;
}

function prune(css) {
  const root = postcss.parse(css);
  while (dropUndefined(root));
  const keep = reachable(root);
  root.walkDecls((d) => {
    if (own(d) && !keep.has(d.prop)) d.remove();
  });
  root.walkRules((r) => {
    if (r.nodes.length === 0) r.remove();
  });
  return root.toString();
}

const bundle = await build({
  entryPoints: ["peil/index.css"], bundle: true, write: false, target: targets, external: ["*.woff2"], legalComments: "none",
});
const small = await transform(prune(bundle.outputFiles[0].text), { loader: "css", minify: true, target: targets });
const head = "/* SPDX-License-Identifier: EUPL-1.2 — made by `make css`, do not edit.\n" +
  " * NL Design System: Copyright (c) Gemeente Utrecht, Frameless B.V., NL Design System Community (EUPL-1.2). */\n";
await mkdir(out, { recursive: true });
await writeFile(`${out}/peil.css`, head + small.code);
for (const font of fonts) await copyFile(`node_modules/@fontsource-variable/noto-sans/files/${font}`, `${out}/${font}`);
