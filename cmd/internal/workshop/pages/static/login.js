"use strict";
// The address that the host prints holds the token behind #, where no server
// sees it; it does not stay in the browser's history.
(() => {
  const token = location.hash.slice(1);
  if (!token) return;
  history.replaceState(null, "", location.pathname);
  const field = document.getElementById("token");
  field.value = token;
  field.form.requestSubmit();
})();
