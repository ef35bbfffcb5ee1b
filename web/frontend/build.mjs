// Builds what the browser gets from packages: node build.mjs OUTDIR. Names carry a hash of what is in them.
import * as esbuild from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const out = path.resolve(process.argv[2]);
const { metafile } = await esbuild.build({
  entryPoints: ["src/sparql.js", "src/fonts.css"],
  outdir: out, entryNames: "[name]-[hash]", assetNames: "[name]-[hash]",
  bundle: true, minify: true, metafile: true, format: "iife", target: ["es2022"], charset: "utf8",
  legalComments: "none", // their licences are in THIRD-PARTY-LICENSES.txt
  loader: { ".woff2": "file" }, logLevel: "warning",
});

const entries = {};
for (const [file, made] of Object.entries(metafile.outputs))
  if (made.entryPoint) entries[path.basename(made.entryPoint)] = path.basename(file);

// Exactly the packages of which something went into the result.
const used = Object.keys(metafile.inputs).map((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
const packages = [...new Set(used.filter(Boolean))].sort();
const licences = packages.map((name) => {
  const folder = path.join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder).filter((file) => /^(licen[sc]e|copying|notice|ofl)/i.test(file)).sort();
  if (!texts.length) throw new Error(`${name} carries no licence text`);
  return [`${"=".repeat(78)}\n${name} ${version}: ${license}\n`, ...texts.map((file) => readFileSync(path.join(folder, file), "utf8").trim() + "\n")].join("\n");
});
writeFileSync(path.join(out, "THIRD-PARTY-LICENSES.txt"), licences.join("\n"));
writeFileSync(path.join(out, "assets.json"), JSON.stringify({ entries, packages }, null, 1) + "\n");
