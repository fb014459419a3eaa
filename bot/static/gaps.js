// Where the numbers of a report's paragraphs leave one out.

const NUMBER = /^(.*?)(\d+)$/;

/** What tells the missing numbers that follow a printed one directly, "17" or "17, 18"; null where none do. */
export function gapAfter(missing) {
  const known = new Set(missing);
  return (printed) => {
    const [, before, last] = NUMBER.exec(printed ?? "") ?? [];
    const found = [];
    for (let next = Number(last) + 1; known.has(`${before}${next}`); next++) found.push(`${before}${next}`);
    return found.join(", ") || null;
  };
}
