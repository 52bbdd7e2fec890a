import { defineConfig } from "vite";

// Names without hashes and one file of each kind: the server embeds them by name, and a change is a readable difference in the repository.
export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    rollupOptions: {
      output: {
        entryFileNames: "explorer.js",
        assetFileNames: "explorer[extname]",
        // What the licence of the one package inside asks for.
        postBanner:
          "/*! Holds Preact, Copyright (c) 2015-present Jason Miller, under the MIT licence: https://preactjs.com */",
      },
    },
  },
  server: {
    proxy: { "^/(t/[^/]+/)?v1/": process.env.CLIO_RULES_SERVER ?? "http://127.0.0.1:8181" },
  },
});
