/* Heads of tables that readers may sort (sortable.js) hold buttons, so that a keyboard reaches them.
   A plain script, so that it runs on file:// as well. */

(function () {
  "use strict";

  document.querySelectorAll("table.sortable thead th").forEach(function (head) {
    var button = document.createElement("button");
    button.type = "button";
    button.append.apply(button, Array.prototype.slice.call(head.childNodes));
    head.append(button);
  });
})();
