/* Heads of tables that can be sorted become buttons, so that a keyboard reaches them. Those of the
   scoreboard are its own affair. */

(function () {
  "use strict";

  document.querySelectorAll("table.sortable").forEach(function (table) {
    if (document.querySelector('form[data-table="' + table.id + '"]')) return;
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head) {
      var button = document.createElement("button");
      button.type = "button";
      button.append.apply(button, Array.prototype.slice.call(head.childNodes));
      head.append(button);
    });
  });
})();
