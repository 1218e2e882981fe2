// Makes or uses a passkey and sends the answer in the form that asked for it.
"use strict";
(() => {
  const decode = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
  const encode = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const named = (list) => (list || []).map((passkey) => ({ ...passkey, id: decode(passkey.id) }));

  const create = async (options) => {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: decode(options.challenge),
        user: { ...options.user, id: decode(options.user.id) },
        excludeCredentials: named(options.excludeCredentials),
      },
    });
    return answer(made, {
      attestationObject: encode(made.response.attestationObject),
      clientDataJSON: encode(made.response.clientDataJSON),
      transports: made.response.getTransports ? made.response.getTransports() : [],
    });
  };

  const use = async (options) => {
    const used = await navigator.credentials.get({
      publicKey: {
        ...options,
        challenge: decode(options.challenge),
        allowCredentials: named(options.allowCredentials),
      },
    });
    return answer(used, {
      authenticatorData: encode(used.response.authenticatorData),
      clientDataJSON: encode(used.response.clientDataJSON),
      signature: encode(used.response.signature),
      userHandle: used.response.userHandle ? encode(used.response.userHandle) : undefined,
    });
  };

  const answer = (credential, response) => ({
    id: credential.id,
    rawId: encode(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: {},
    authenticatorAttachment: credential.authenticatorAttachment,
  });

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-problem]");
      problem.hidden = true;
      try {
        const options = JSON.parse(form.dataset.options);
        const credential = await (form.dataset.passkey === "create" ? create(options) : use(options));
        form.elements.passkey.value = JSON.stringify(credential);
        form.submit();
      } catch (refusal) {
        problem.hidden = false;
      }
    });
  });
})();
