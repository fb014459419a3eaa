"""What the tutorials give, beside which load is measured: FastAPI around LangChain's Chroma and chat client."""

from pathlib import Path

from fastapi import Body, FastAPI
from langchain_chroma import Chroma
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

from vectorstore.models import load_embeddings
from vectorstore.settings import IndexSettings
from vectorstore.store import open_chroma

_PROMPT = ChatPromptTemplate.from_template("Answer from these paragraphs only:\n{context}\n\nQuestion: {question}")
_PARAGRAPHS = 5


def plain_app(folder: str, model_url: str) -> FastAPI:
    """An app that answers from the collection that `bench.search` makes in a folder."""
    store = Chroma("plain", embedding_function=load_embeddings(IndexSettings()), client=open_chroma(Path(folder)))
    chain = _PROMPT | ChatOpenAI(model="bench", base_url=model_url, use_responses_api=False, streaming=True)
    app = FastAPI()

    @app.post("/ask")
    def ask(question: str = Body(embed=True)) -> dict[str, str]:
        found = store.similarity_search(question, k=_PARAGRAPHS)
        context = "\n\n".join(
            f'<paragraph marker="[{number}]">\n{one.page_content}\n</paragraph>' for number, one in enumerate(found, 1)
        )
        return {"answer": chain.invoke({"context": context, "question": question}).text, "mode": "plain"}

    return app
