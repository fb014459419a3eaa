// Blocks as Slack shows them, by slack-blocks-to-jsx in the node_modules of the folder that is named.
// JSON in: of each picture its parts, which are messages or, without a name, blocks alone. The same as HTML out.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(`${process.argv[2]}/`);
const { createElement } = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");

// It takes `verbatim` for "no markup at all"; Slack only makes no links of its own then:
// https://docs.slack.dev/reference/block-kit/composition-objects/text-object
const withoutVerbatim = (key, value) => (key === "verbatim" ? undefined : value);

function html({ name, logo, blocks }) {
  const data = { users: [{ id: "UREFORM", name: "Reformbot" }] };
  const time = new Date(2026, 10, 23, 9, 30);
  return renderToStaticMarkup(createElement(Message, { name, logo, blocks, data, time, theme: "light", withoutWrapper: !name }));
}

const pictures = JSON.parse(readFileSync(0, "utf8"), withoutVerbatim);
process.stdout.write(JSON.stringify(pictures.map((parts) => parts.map(html))));
