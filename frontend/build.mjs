// Builds the scripts of the pages, and the explorer's style. The same sources give the same bytes.
// Usage: node build.mjs [FOLDER]; without a folder, each where its pages take it from.
import { build } from "esbuild";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const pages = resolve(here, "../src/unsung/pages");
const SHIPPED = [
  ["src/main.ts", "explorer/static/explorer.js"],
  ["src/explorer.css", "explorer/static/explorer.css"],
  ["src/report.ts", "report/report.js"],
];

for (const [source, place] of SHIPPED) {
  await build({
    absWorkingDir: here,
    entryPoints: [source],
    outfile: resolve(process.argv[2] ?? pages, place),
    bundle: true,
    format: "iife",
    target: ["es2022", "chrome111", "firefox113", "safari16.4"],
    charset: "utf8",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
  });
}
