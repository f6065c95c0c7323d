import { defineConfig } from "vite";

/** Where `kg serve` answers while the page is worked on with `npm run dev`. */
const server = "http://127.0.0.1:8000";
const routes =
  "^/(entities|events|articles|dyads|paths|timeline|stats|facets|extract|export|queries|id|sparql|health|reviews|decisions)";

export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: { [routes]: server } },
});
