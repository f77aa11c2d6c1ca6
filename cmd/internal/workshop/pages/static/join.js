"use strict";
// The code comes in the address, behind #, where no server sees it; it does not
// stay there. Behind a dot is what terminals know the host's certificate by.
(() => {
  const hash = location.hash.slice(1);
  const code = document.getElementById("code");
  if (hash) {
    history.replaceState(null, "", location.pathname);
    code.value = hash.split(".")[0];
    document.getElementById("name")?.focus();
  }
  // A link from another site comes without the cookie: who has joined is known
  // only now.
  fetch("/room/now").then((r) => {
    if (r.ok && !r.redirected) location.replace("/room");
  }).catch(() => {});
})();
