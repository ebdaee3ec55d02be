// Sorts the table by a column: numbers with the largest first, words with the first of them.
"use strict";
for (const table of document.querySelectorAll("table")) {
  const heads = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const words = new Intl.Collator("zh-CN", { numeric: true });

  const value = (row, column, kind) => {
    const cell = row.cells[column];
    const text = cell.dataset.value ?? cell.textContent.trim();
    if (kind === "text") return text;
    return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
  };

  const compare = (kind, sign) => (one, other) => {
    const [a, b] = [one.value, other.value];
    if (a === null || b === null) return (a === null) - (b === null);
    return sign * (kind === "text" ? words.compare(a, b) : a - b);
  };

  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const { kind } = head.dataset;
      const before = head.getAttribute("aria-sort");
      const first = kind === "text" ? "ascending" : "descending";
      const other = first === "ascending" ? "descending" : "ascending";
      const now = before === first ? other : first;
      const sign = now === "ascending" ? 1 : -1;
      const rows = [...body.rows].map((row) => ({ row, value: value(row, column, kind) }));
      rows.sort(compare(kind, sign));
      for (const each of heads) each.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", now);
      body.append(...rows.map(({ row }) => row));
    });
  });
}
