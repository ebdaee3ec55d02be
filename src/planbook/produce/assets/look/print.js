/* Paper is light, and nothing on it can be opened: before printing the page takes the light colours
   and opens its details; afterwards it is as it was. */

(function () {
  "use strict";

  var root = document.documentElement;
  var theme = "";
  var opened = [];

  window.addEventListener("beforeprint", function () {
    theme = root.dataset.theme;
    root.dataset.theme = "light";
    opened = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    opened.forEach(function (details) { details.open = true; });
  });

  window.addEventListener("afterprint", function () {
    root.dataset.theme = theme;
    opened.forEach(function (details) { details.open = false; });
    opened = [];
  });
})();
