// The page of one answer as it was given.

import { get, Missing } from "./api.js";
import { fill, lastPart } from "./page.js";
import { text } from "./texts.js";
import { newTurn } from "./turn.js";

fill(async () => {
  const answer = await kept(lastPart());
  const turn = newTurn(answer.question);
  document.getElementById("turns").append(turn.node);
  turn.answer(answer);
  document.title = `${answer.question} – Reformbot`;
});

async function kept(id) {
  try {
    return await get(`/v1/answers/${id}`);
  } catch (error) {
    throw error instanceof Missing ? new Missing(text("answer_gone"), { cause: error }) : error;
  }
}
