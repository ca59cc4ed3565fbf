// Builds the explorer's script and style. The same sources give the same bytes.
// Usage: node build.mjs [FOLDER]; without a folder, where the package takes them from.
import { build } from "esbuild";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const shipped = resolve(here, "../src/unsung/pages/explorer/static");

await build({
  absWorkingDir: here,
  entryPoints: { explorer: "src/main.ts" },
  outdir: process.argv[2] ? resolve(process.argv[2]) : shipped,
  bundle: true,
  format: "iife",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  charset: "utf8",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
await build({
  absWorkingDir: here,
  entryPoints: { explorer: "src/explorer.css" },
  outdir: process.argv[2] ? resolve(process.argv[2]) : shipped,
  bundle: true,
  target: ["chrome111", "firefox113", "safari16.4"],
  charset: "utf8",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
