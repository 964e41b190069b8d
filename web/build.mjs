// Bundles what the pages load into the Python package. Equal sources give equal bytes.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = process.argv[2] ?? `${here}../src/holdfire/publish/site/assets`;
await mkdir(out, { recursive: true });

const shared = {
  bundle: true, format: "esm", target: "es2022", minify: true, charset: "utf8",
  legalComments: "none", absWorkingDir: here, logLevel: "warning",
};
await build({ ...shared, entryPoints: ["src/explore.ts"], external: ["./map.js"], outfile: `${out}/explore.js` });
await build({ ...shared, entryPoints: ["src/map.ts"], outfile: `${out}/map.js` });
const modules = `${here}node_modules`;
await copyFile(`${modules}/maplibre-gl/dist/maplibre-gl-worker.mjs`, `${out}/map-worker.js`);
await copyFile(`${modules}/maplibre-gl/dist/maplibre-gl.css`, `${out}/map.css`);
const uplot = await readFile(`${modules}/uplot/dist/uPlot.min.css`, "utf8");
await writeFile(`${out}/chart.css`, `${uplot.trim()}\n`);

// Who wrote what is in the bundles, under which licence: it goes where they go.
const used = ["maplibre-gl", "pmtiles", "uplot"];
const parts = ["What the scripts beside this file hold, besides holdfire's own code:\n"];
for (const name of used) {
  const about = JSON.parse(await readFile(`${modules}/${name}/package.json`, "utf8"));
  const texts = await Promise.allSettled(
    ["LICENSE.txt", "LICENSE"].map((file) => readFile(`${modules}/${name}/${file}`, "utf8")),
  );
  const text = texts.find((one) => one.status === "fulfilled")?.value ?? "";
  parts.push(`== ${name} ${about.version} (${about.license}) ==\n\n${text.trim()}\n`);
}
await writeFile(`${out}/LICENCES.txt`, parts.join("\n"));
