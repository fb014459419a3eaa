// Which paragraphs of two versions of a report are the same: those printed with the same number.

/** Rows of two lists, the paragraphs of each version in their order; what has no number goes with what surrounds it. */
export function pairs(paragraphs, others) {
  const rows = [];
  const places = new Map(others.map((other, place) => [other.paragraph && other.anchor, place]).reverse());
  let unpaired = [];
  let next = 0;
  for (const paragraph of paragraphs) {
    const place = paragraph.paragraph ? places.get(paragraph.anchor) : undefined;
    if (place === undefined || place < next) {
      unpaired.push(paragraph);
      continue;
    }
    rows.push(...together(unpaired, others.slice(next, place)), [[paragraph], [others[place]]]);
    unpaired = [];
    next = place + 1;
  }
  return [...rows, ...together(unpaired, others.slice(next))];
}

/** What stands between two numbers: one by one where there are as many in both, else as a whole. */
function together(paragraphs, others) {
  if (paragraphs.length === others.length) return paragraphs.map((paragraph, place) => [[paragraph], [others[place]]]);
  return [[paragraphs, others]];
}
