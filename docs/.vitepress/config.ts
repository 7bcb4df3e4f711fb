import { readdirSync } from "node:fs";
import { defineConfig, type DefaultTheme } from "vitepress";
import { anchorOf } from "../generator/anchors.js";
import { diagramStyle, renderDiagrams } from "./diagrams.js";
import { markLinksToTheRepository } from "./repositoryLinks.js";

const page = (text: string, link: string): DefaultTheme.SidebarItem => ({ text, link });

const clientTopics = readdirSync(new URL("../client/reference", import.meta.url))
  .filter((file) => file !== "README.md")
  .map((file) => file.replace(/\.md$/, ""));

const sidebar: DefaultTheme.SidebarItem[] = [
  {
    text: "Begin",
    items: [page("Start", "/start"), page("Local suite", "/LOCAL"), page("Glossary", "/glossary")],
  },
  {
    text: "Concepts",
    items: [
      page("How Ambient works", "/concepts/"),
      page("Sign-in", "/concepts/sign-in"),
      page("Shows", "/concepts/shows"),
      page("Comments and the feed", "/concepts/comments"),
      page("The stage", "/concepts/stage"),
      page("Music", "/concepts/music"),
      page("Presence", "/concepts/presence"),
      page("People", "/concepts/people"),
      page("Discovery", "/concepts/discovery"),
      page("Notifications", "/concepts/notifications"),
      page("Moderation", "/concepts/moderation"),
      page("Data and deletion", "/concepts/data"),
      page("Repair", "/concepts/repair"),
      page("Security mechanisms", "/concepts/mechanisms"),
    ],
  },
  {
    text: "Client guide",
    items: [
      page("Getting started", "/client/start"),
      page("Observables, hooks and errors", "/client/observables"),
      page("A show from start to end", "/client/show"),
      page("Voices and music", "/client/sound"),
      page("On phones", "/client/phones"),
      page("Testing and versions", "/client/testing"),
      page("React Native", "/react-native"),
      page("iOS", "/ios"),
      page("Android", "/android"),
      page("The protocol of an app", "/protocol"),
    ],
  },
  {
    text: "Server",
    items: [
      page("Server guide", "/server"),
      page("Rules guide", "/rules"),
      page("Who writes which field", "/writers"),
      page("Appendix: changes to the wire contract", "/contract-changes"),
    ],
  },
  {
    text: "Run it",
    items: [
      page("Deploy", "/DEPLOY"),
      page("LiveKit", "/livekit"),
      page("Operate", "/operate"),
      page("Scale and cost", "/SCALE"),
      page("Supporting a creator", "/SUPPORT"),
    ],
  },
  {
    text: "Trust",
    items: [
      page("Security", "/SECURITY"),
      page("Authorisation", "/AUTHORIZATION"),
      page("Reliability", "/RELIABILITY"),
      page("Privacy", "/PRIVACY"),
      page("Dependencies and secrets", "/DEPENDENCIES"),
    ],
  },
  {
    text: "Reference",
    items: [
      page("Server: calls, documents, errors", "/REFERENCE"),
      {
        text: "Client: every name",
        link: "/client/reference/README",
        collapsed: true,
        items: clientTopics.map((topic) => page(topic, `/client/reference/${topic}`)),
      },
    ],
  },
];

/** The site of the pages in `docs/`. `npm start` serves it at `/docs`; a test builds it. */
export default defineConfig({
  title: "Ambient",
  description: "Live audio shows, with music in step on each listener's own Spotify.",
  lang: "en",
  base: "/docs/",
  head: [["style", {}, diagramStyle]],
  metaChunk: true,
  markdown: {
    // As on GitHub, so that a link works in both places.
    anchor: { slugify: anchorOf },
    config(md) {
      renderDiagrams(md);
      markLinksToTheRepository(md);
    },
  },
  themeConfig: {
    nav: [
      { text: "Start", link: "/start" },
      { text: "Concepts", link: "/concepts/" },
      { text: "Client", link: "/client/start" },
      { text: "Server", link: "/server" },
      { text: "Reference", link: "/REFERENCE" },
    ],
    sidebar,
    outline: [2, 3],
    search: {
      provider: "local",
      options: {
        // The index needs no colours, which would cost a quarter of the build.
        _render(source, env, md) {
          const { highlight } = md.options;
          md.options.highlight = null;
          try {
            return md.render(source, env);
          } finally {
            md.options.highlight = highlight ?? null;
          }
        },
      },
    },
  },
});
