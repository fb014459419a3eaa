// The page of one answer as it was given.

import { get } from "./api.js";
import { fill, lastPart } from "./page.js";
import { newTurn } from "./turn.js";

fill(async () => {
  const answer = await get(`/v1/answers/${lastPart()}`);
  const turn = newTurn(answer.question);
  document.getElementById("turns").append(turn.node);
  turn.answer(answer);
  document.title = `${answer.question} – Reformbot`;
});
