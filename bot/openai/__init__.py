"""The API in OpenAI's form, so that any client of OpenAI's is one of ours."""
