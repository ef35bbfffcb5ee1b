// Builds what the browser gets from packages: node build.mjs OUTDIR. Names carry a hash of what is in them.
import * as esbuild from "esbuild";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const out = path.resolve(process.argv[2]);
const { metafile } = await esbuild.build({
  entryPoints: ["src/sparql.js", "src/network.js", "src/fonts.css"],
  outdir: out, entryNames: "[name]-[hash]", assetNames: "[name]-[hash]",
  bundle: true, minify: true, metafile: true, format: "iife", target: ["es2022"], charset: "utf8",
  legalComments: "none", // their licences are in THIRD-PARTY-LICENSES.txt
  loader: { ".woff2": "file" }, logLevel: "warning",
});

const entries = {};
for (const [file, made] of Object.entries(metafile.outputs))
  if (made.entryPoint) entries[path.basename(made.entryPoint)] = path.basename(file);

// Exactly the packages of which something went into a result.
function packagesOf(files) {
  const used = files.map((file) => file.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]);
  return [...new Set(used.filter(Boolean))].sort();
}
const licencesOf = (packages) => packages.map((name) => {
  const folder = path.join("node_modules", name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const texts = readdirSync(folder).filter((file) => /^(licen[sc]e|copying|notice|ofl)/i.test(file)).sort();
  if (!texts.length) throw new Error(`${name} carries no licence text`);
  return [`${"=".repeat(78)}\n${name} ${version}: ${license}\n`, ...texts.map((file) => readFileSync(path.join(folder, file), "utf8").trim() + "\n")].join("\n");
}).join("\n");
const packages = packagesOf(Object.keys(metafile.inputs));
writeFileSync(path.join(out, "THIRD-PARTY-LICENSES.txt"), licencesOf(packages));
// The file that people take along carries the licences of what is in it.
const [taken] = Object.values(metafile.outputs).filter((made) => made.entryPoint?.endsWith("network.js"));
writeFileSync(path.join(out, "network-licenses.txt"), licencesOf(packagesOf(Object.keys(taken.inputs))));
writeFileSync(path.join(out, "assets.json"), JSON.stringify({ entries, packages }, null, 1) + "\n");
