// Sending much: a request that tells how much of it has been sent, which fetch does not.

/** The response to a POST, as fetch gives it; `told` is called with the share sent so far, from 0 to 1. */
export function fetchTelling(path, { headers, body, told }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.addEventListener("progress", ({ loaded, total }) => told(total ? loaded / total : 0));
    request.addEventListener("load", () => resolve(new Response(request.responseText, { status: request.status })));
    request.addEventListener("error", () => reject(new TypeError("The server cannot be reached.")));
    request.send(body);
  });
}
