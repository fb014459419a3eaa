// Building the page: whatever comes from reports, models or people is only ever text.

/** A new element; children are elements or strings, strings become text, and null is left out. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** A link to a page of this server; anything else stays text. */
export function link(address, words, attributes = {}) {
  const target = ownPage(address);
  return target ? element("a", { ...attributes, href: target }, words) : element("span", attributes, words);
}

/** The page of a document, by its id. */
export const documentPage = (id) => `/documents/${encodeURIComponent(id)}`;

/** The path of an address on this server, or null when it leads anywhere else. */
function ownPage(address) {
  if (!URL.canParse(address, location.origin)) return null;
  const { origin, pathname, search, hash } = new URL(address, location.origin);
  return origin === location.origin ? pathname + search + hash : null;
}
